using System.Text;
using System.Text.Json.Nodes;
using Crm.Channels;
using Crm.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Functions.Channels;

/// <summary>The published vectors of Slack and SendGrid, and what a forger changes in them.</summary>
public sealed class SenderSignatureTests
{
    private static readonly Dictionary<string, IChannel> Channels = new() { ["slack"] = new SlackEvents(), ["sendgrid-events"] = new SendGridEvents() };

    public static TheoryData<string, string> Vectors() => [.. Channels.Keys.SelectMany(p => All(p).Select(v => (p, v.Text("id"))))];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_published_vectors_hold(string provider, string id)
    {
        var vector = All(provider).Single(v => v.Text("id") == id);
        Assert.Equal(vector["expected"]!["valid"]!.GetValue<bool>(), Verify(provider, vector, _ => { }) is Verification.Signed);
    }

    [Theory]
    [InlineData("slack")]
    [InlineData("sendgrid-events")]
    public void A_header_that_is_missing_empty_repeated_or_of_another_form_is_refused_1_2_6(string provider)
    {
        var vector = All(provider)[0];
        foreach (var (name, value) in vector["headers"]!.AsObject())
        {
            var sound = value!.GetValue<string>();
            foreach (var other in new[] { "", "v0=", "AAAA", "-1", "9223372036854775807", "1e9", "+" + sound, sound + "A", "٠١٢٣٤٥٦٧٨٩", sound[..^1] })
                Assert.IsType<Verification.Refused>(Verify(provider, vector, h => h[name] = other));
            Assert.IsType<Verification.Refused>(Verify(provider, vector, h => h.Remove(name)));
            Assert.IsType<Verification.Refused>(Verify(provider, vector, h => h[name] = new[] { sound, sound }));
        }
    }

    [Theory]
    [InlineData("slack", 299, true)]
    [InlineData("slack", 301, false)]
    [InlineData("slack", -299, true)]
    [InlineData("slack", -301, false)]
    [InlineData("sendgrid-events", 25 * 3600 - 1, true)]
    [InlineData("sendgrid-events", 25 * 3600 + 1, false)]
    [InlineData("sendgrid-events", -299, true)]
    [InlineData("sendgrid-events", -301, false)]
    public void A_request_holds_for_its_time_only_5_6(string provider, int later, bool holds) =>
        Assert.Equal(holds, Verify(provider, All(provider)[0], _ => { }, later) is Verification.Signed);

    [Theory]
    [InlineData("slack", "")]
    [InlineData("slack", "short")]
    [InlineData("sendgrid-events", "")]
    [InlineData("sendgrid-events", "AAAA")]
    [InlineData("sendgrid-events", "not base64")]
    public void An_empty_or_foreign_secret_is_no_key_and_without_one_nothing_is_judged_3(string provider, string secret)
    {
        Assert.Null(Channels[provider].KeyOf(secret));
        var vector = All(provider)[0];
        Assert.IsType<Verification.Unable>(Channels[provider].Verify(RequestOf(vector), [], DateTimeOffset.FromUnixTimeSeconds(vector["now"]!.GetValue<long>())));
    }

    private static Verification Verify(string provider, JsonNode vector, Action<IHeaderDictionary> change, int later = 0)
    {
        var request = RequestOf(vector);
        change(request.Headers);
        var key = Channels[provider].KeyOf((vector["public_key"] ?? vector["secret"])!.GetValue<string>())!;
        return Channels[provider].Verify(request, [key], DateTimeOffset.FromUnixTimeSeconds(vector["now"]!.GetValue<long>() + later));
    }

    private static HookRequest RequestOf(JsonNode vector)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in vector["headers"]!.AsObject()) headers[name] = value!.GetValue<string>();
        return new HookRequest(headers, Encoding.UTF8.GetBytes(vector.Text("body")));
    }

    private static List<JsonNode> All(string provider) =>
        [.. JsonNode.Parse(File.ReadAllText(Repository.Golden("channels", provider, "vectors.json")))!["vectors"]!.AsArray().Select(v => v!)];
}
