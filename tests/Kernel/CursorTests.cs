using Crm.Kernel;

namespace Crm.Tests.Kernel;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_continues_its_own_query_and_no_other()
    {
        var cursor = Cursor.Write("/api/customers?a=1", "position 世界");
        Assert.Equal("position 世界", Cursor.Read("/api/customers?a=1", cursor));
        Assert.Null(Cursor.Read("/api/customers?a=2", cursor));
        Assert.Matches("^[A-Za-z0-9_-]+$", cursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public void What_is_no_cursor_is_nothing(string cursor) => Assert.Null(Cursor.Read("/api/customers", cursor));
}
