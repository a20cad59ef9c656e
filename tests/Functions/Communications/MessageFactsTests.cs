using Crm.Communications;
using Crm.Ports;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Communications;

/// <summary>What is reported of a message only moves forward.</summary>
public sealed class MessageFactsTests
{
    private static readonly DocumentKey Key = MessageFacts.KeyOf("c", "mail:m");

    private static readonly string[] Types =
        ["message.sent", "message.deferred", "message.delivered", "message.failed", "message.bounced", "message.opened", "message.read", "message.clicked", "message.complained", "message.edited", "message.deleted"];

    [Theory]
    [InlineData("message.delivered,message.bounced", DeliveryStatus.Bounced)]
    [InlineData("message.bounced,message.opened", DeliveryStatus.Opened)]
    [InlineData("message.clicked,message.delivered", DeliveryStatus.Clicked)]
    [InlineData("message.complained,message.clicked", DeliveryStatus.Complained)]
    [InlineData("message.deferred,message.sent", DeliveryStatus.Deferred)]
    public void The_furthest_counts(string types, DeliveryStatus expected) =>
        Assert.Equal(expected, types.Split(',').Select((t, i) => MessageFacts.Of(Mails.Of($"{i}", t), Key)!).Aggregate((a, b) => a.And(b)).Status);

    [Fact]
    public void A_machine_that_opens_shows_only_that_it_arrived() =>
        Assert.Equal(DeliveryStatus.Delivered, MessageFacts.Of(Mails.Of("a", "message.opened", machine: true), Key)!.Status);

    [Fact]
    public void Order_and_repeats_change_nothing()
    {
        var some = from types in Gen.Elements(Types).NonEmptyListOf() from hours in Gen.Choose(0, 5).ListOf(types.Count) select types.Select((t, i) => MessageFacts.Of(Mails.Of($"{i}", t, hour: hours[i]), Key)!).ToArray();
        Prop.ForAll(some.Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(), pair =>
        {
            var (facts, seed) = pair;
            var mixed = facts.Concat(facts).ToArray();
            new Random(seed).Shuffle(mixed);
            return facts.Aggregate((a, b) => a.And(b)) == mixed.Aggregate((a, b) => a.And(b));
        }).QuickCheckThrowOnFailure();
    }
}
