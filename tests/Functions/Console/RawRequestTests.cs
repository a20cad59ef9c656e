using System.Text;
using Crm.Console;

namespace Crm.Tests.Functions.Console;

public sealed class RawRequestTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_long_body_is_cut_between_characters(int before)
    {
        var body = Encoding.UTF8.GetBytes(new string('x', before) + new string('谢', RawRequest.ShownBytes));
        var raw = RawRequest.Of("text/plain", body);
        Assert.True(raw.Cut);
        Assert.Equal(body.Length, raw.Bytes);
        Assert.EndsWith("谢", raw.Text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(raw.Text!), RawRequest.ShownBytes - 2, RawRequest.ShownBytes);
    }

    [Fact]
    public void A_body_that_fits_is_whole() => Assert.Equal(new RawRequest(null, "{}", 2, Cut: false), RawRequest.Of(null, "{}"u8));

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x41 })]
    [InlineData(new byte[] { 0x41, 0x00 })]
    public void What_is_not_text_is_not_shown(byte[] body) => Assert.Null(RawRequest.Of(null, body).Text);
}
