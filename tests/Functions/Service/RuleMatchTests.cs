using Crm.Model;
using Crm.Service;

namespace Crm.Tests.Functions.Service;

public sealed class RuleMatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly Activity Message = new()
    {
        Id = "a",
        CustomerId = "c",
        ConnectionId = "n",
        ReceiptId = "r",
        Provider = "p",
        ProviderEventId = "e",
        ProviderEventType = "t",
        DedupeKey = "d",
        Type = "message.received",
        Channel = Channel.Email,
        Direction = Direction.Inbound,
        OccurredAt = Now,
        ReceivedAt = Now,
        TimelineAt = Now,
        MappingVersion = 1,
        Subject = "My refund",
        Text = "Where is it? 我要退款。",
        To = [new Party("Support@company.example", null)],
    };

    [Theory]
    [InlineData("My refund please", "refund", true)]
    [InlineData("REFUND!", "refund", true)]
    [InlineData("refunded", "refund", false)]
    [InlineData("prerefund, refund", "refund", true)]
    [InlineData("a full refund now", "full refund", true)]
    [InlineData("我要退款。", "退款", true)]
    [InlineData("Straßenlärm", "Straße", false)]
    [InlineData("", "refund", false)]
    [InlineData(null, "refund", false)]
    public void A_word_stands_alone_except_where_the_script_has_no_spaces(string? text, string word, bool expected) => Assert.Equal(expected, RuleMatch.Holds(text, word));

    [Fact]
    public void All_conditions_must_hold()
    {
        Assert.True(Fits(new RuleConditions()));
        Assert.True(Fits(new RuleConditions([Channel.Sms, Channel.Email], ["退款"], ["support@company.example"], ["VIP"])));
        Assert.False(Fits(new RuleConditions([Channel.Sms])));
        Assert.False(Fits(new RuleConditions(Words: ["invoice"])));
        Assert.False(Fits(new RuleConditions(To: ["sales@company.example"])));
        Assert.False(Fits(new RuleConditions(CustomerTags: ["new"])));
        Assert.False(Fits(new RuleConditions([Channel.Email], ["refund"], null, ["new"])));

        static bool Fits(RuleConditions when) => RuleMatch.Fits(when, Message, ["vip"]);
    }

    [Fact]
    public void Only_a_persons_message_that_is_not_older_than_the_rule_fits()
    {
        CaseRule[] rules = [Rule("one") with { When = new RuleConditions([Channel.Sms]) }, Rule("two"), Rule("three")];
        Assert.Equal("two", RuleMatch.First(rules, Message, [])?.Id);
        Assert.Null(RuleMatch.First(rules, Message with { Type = "message.sent", Direction = Direction.Outbound }, []));
        Assert.Null(RuleMatch.First(rules, Message with { ReceivedAt = Now.AddMilliseconds(-1) }, []));
        foreach (var automation in Enum.GetValues<Automation>())
            Assert.Null(RuleMatch.First(rules, Message with { Mail = new Mail { Automation = automation } }, []));
    }

    private static CaseRule Rule(string id) => new() { Id = id, Name = id, CreatedAt = Now, ChangedAt = Now, SortAt = Now };
}
