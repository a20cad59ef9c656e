using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Channels;
using Crm.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Functions.Channels;

public sealed class StandardWebhooksTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Body = """{"type":"message.received"}""";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    private static readonly StandardWebhooks Channel = new();

    public static TheoryData<string> Vectors() => [.. All().Select(v => v["id"]!.GetValue<string>())];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_published_vectors_hold(string id)
    {
        var vector = All().Single(v => v["id"]!.GetValue<string>() == id);
        var headers = new HeaderDictionary();
        foreach (var (name, value) in vector["headers"]!.AsObject()) headers[name] = value!.GetValue<string>();
        var secret = (vector["public_key"] ?? vector["secret"])!.GetValue<string>();
        var now = DateTimeOffset.FromUnixTimeSeconds(vector["now"]!.GetValue<long>());

        var verification = Verify(headers, vector["body"]!.GetValue<string>(), now, secret);

        Assert.Equal(vector["expected"]!["valid"]!.GetValue<bool>(), verification is Verification.Signed);
    }

    [Theory]
    [InlineData(-299, true)]
    [InlineData(299, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void The_clock_may_differ_by_five_minutes_both_ways(int seconds, bool holds) =>
        Assert.Equal(holds, Verify(Signed(at: Now.AddSeconds(seconds))) is Verification.Signed);

    [Theory]
    [InlineData("")]
    [InlineData(" 1790000000")]
    [InlineData("+1790000000")]
    [InlineData("-1")]
    [InlineData("1790000000000")]
    [InlineData("1790000000.5")]
    [InlineData("1e9")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("99999999999")]
    [InlineData("٠١٢٣٤٥٦٧٨٩")]
    [InlineData("2026-11-23T09:00:00Z")]
    public void A_timestamp_of_another_form_is_refused_by_name(string stamp)
    {
        var refused = Assert.IsType<Verification.Refused>(Verify(Signed(stamp: stamp)));
        Assert.Equal("webhook-timestamp", refused.Header);
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void A_header_that_is_missing_empty_or_repeated_is_refused_by_name(string name)
    {
        foreach (var change in new Action<HeaderDictionary>[]
        {
            h => h.Remove(name),
            h => h[name] = "",
            h => h[name] = new[] { h[name].ToString(), h[name].ToString() },
        })
        {
            var headers = Signed();
            change(headers);
            Assert.Equal(name, Assert.IsType<Verification.Refused>(Verify(headers)).Header);
        }
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1,")]
    [InlineData("v1,AAAA")]
    [InlineData("v2,{0}")]
    [InlineData("v1a,{0}")]
    [InlineData("{0}")]
    [InlineData("V1,{0}")]
    public void A_signature_of_another_version_or_length_is_refused(string form)
    {
        var headers = Signed();
        headers["webhook-signature"] = string.Format(CultureInfo.InvariantCulture, form, headers["webhook-signature"].ToString()["v1,".Length..]);
        Assert.IsType<Verification.Refused>(Verify(headers));
    }

    [Fact]
    public void Any_one_valid_signature_among_several_holds()
    {
        var headers = Signed();
        headers["webhook-signature"] = $"v1,{Convert.ToBase64String(new byte[32])} v9,whatever {headers["webhook-signature"]}";
        Assert.IsType<Verification.Signed>(Verify(headers));
    }

    [Fact]
    public void One_changed_byte_of_the_body_breaks_the_signature() =>
        Assert.IsType<Verification.Refused>(Verify(Signed(), Body + " "));

    [Fact]
    public void During_rotation_both_secrets_hold_and_the_answer_says_which()
    {
        var verification = Channel.Verify(
            new HookRequest(Signed(), Encoding.UTF8.GetBytes(Body)), [Channel.KeyOf(Channel.NewSecret())!, Channel.KeyOf(Secret)!], Now);
        Assert.Equal(1, Assert.IsType<Verification.Signed>(verification).Key);
    }

    [Fact]
    public void Without_a_usable_secret_nothing_holds_and_nothing_is_judged() =>
        Assert.IsType<Verification.Unable>(Channel.Verify(new HookRequest(Signed(), Encoding.UTF8.GetBytes(Body)), [], Now));

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_AAAA")]
    [InlineData("whsec_not base64!")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==")]
    public void An_empty_short_or_foreign_secret_is_no_key(string secret) => Assert.Null(Channel.KeyOf(secret));

    [Fact]
    public void A_secret_made_here_is_a_key() => Assert.NotNull(Channel.KeyOf(Channel.NewSecret()));

    private static Verification Verify(HeaderDictionary headers, string body = Body, DateTimeOffset? now = null, string secret = Secret) =>
        Channel.Verify(new HookRequest(headers, Encoding.UTF8.GetBytes(body)), Channel.KeyOf(secret) is { } key ? [key] : [], now ?? Now);

    private static HeaderDictionary Signed(DateTimeOffset? at = null, string? stamp = null)
    {
        stamp ??= $"{(at ?? Now).ToUnixTimeSeconds()}";
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_1.{stamp}.{Body}"));
        return new HeaderDictionary
        {
            ["webhook-id"] = "msg_1",
            ["webhook-timestamp"] = stamp,
            ["webhook-signature"] = "v1," + Convert.ToBase64String(mac),
        };
    }

    private static IEnumerable<JsonNode> All() =>
        JsonNode.Parse(File.ReadAllText(Repository.Golden("channels", "standard-webhooks-vectors.json")))!["vectors"]!.AsArray().Select(v => v!);
}
