using Crm.Marketing.Funnel;
using Crm.Model;
using FsCheck;
using FsCheck.Fluent;
using static Crm.Tests.Functions.Marketing.CampaignEvents;

namespace Crm.Tests.Functions.Marketing;

/// <summary>What one recipient adds to a funnel, and that shares add up.</summary>
public sealed class RecipientFunnelTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly string[] Types =
        ["message.sent", "message.delivered", "message.opened", "message.clicked", "message.bounced", "message.complained", "consent.unsubscribed", "track.custom"];

    [Fact]
    public void People_and_machines_are_counted_apart()
    {
        var counts = Count(
            Of("message.sent", 0), Of("message.delivered", 10), Of("message.opened", 11), Of("message.opened", 700), Of("message.opened", 800),
            Of("message.clicked", 805, "https://shop.example/spring"));
        Assert.Equal(new StepCount(1, 1, 0, 0), counts.Delivered);
        Assert.Equal(new StepCount(1, 2, 0, 1), counts.Opened);
        Assert.Equal(new StepCount(1, 1, 0, 0), counts.Clicked);
    }

    [Fact]
    public void Whom_only_a_machine_opened_for_has_not_opened() =>
        Assert.Equal(new StepCount(0, 0, 1, 2), Count(Of("message.opened", 100, machine: true), Of("message.opened", 200, machine: true)).Opened);

    [Fact]
    public void Who_opens_was_delivered_to_whatever_the_sender_left_out()
    {
        var counts = Count(Of("message.opened", 700));
        Assert.Equal((1, 1), (counts.Sent.Unique, counts.Delivered.Unique));
    }

    [Fact]
    public void A_bounce_after_the_delivery_takes_it_back_unless_somebody_read_it()
    {
        Assert.Equal((0L, 1L), Delivery(Of("message.delivered", 1), Of("message.bounced", 60)));
        Assert.Equal((1L, 0L), Delivery(Of("message.delivered", 1), Of("message.bounced", 60), Of("message.clicked", 50, "https://a.example")));
        Assert.Equal((1L, 1L), Delivery(Of("message.delivered", 1), Of("message.bounced", 60, message: "m2")));
    }

    [Fact]
    public void To_unsubscribe_is_no_click()
    {
        var counts = Count(Of("message.clicked", 700, "https://shop.example/unsubscribe?u=1"), Of("consent.unsubscribed", 702));
        Assert.Equal((0L, 1L), (counts.Clicked.Total, counts.Unsubscribed.Unique));
    }

    [Fact]
    public void An_order_within_the_window_of_a_person_s_click_is_a_conversion()
    {
        var click = Of("message.clicked", 700, "https://shop.example");
        Activity Order(double second, string properties) => Of("track.custom", second, properties: properties) with { Engagement = null };
        var day = TimeSpan.FromDays(1).TotalSeconds;
        var counts = RecipientFunnel.Of(
            [click],
            [
                Order(600, """{"properties":{"revenue":1}}"""), Order(day, """{"properties":{"revenue":20.10,"currency":"EUR"}}"""), Order(2 * day, """{"value":30.20}"""),
                Order(3 * day, """{"total":99,"currency":"USD"}"""), Order(8 * day, """{"value":7}"""),
            ],
            Week, "EUR");
        Assert.Equal((1L, 3L), (counts.Converted.Unique, counts.Converted.Total));
        Assert.Equal((50.30m, 1L), (counts.Value, counts.OtherCurrency));
        Assert.Equal(0, RecipientFunnel.Of([click with { Engagement = click.Engagement! with { IsMachine = true } }], [Order(day, """{"value":1}""")], Week, "EUR").Converted.Total);
    }

    [Fact]
    public void Order_and_repeats_change_nothing()
    {
        Prop.ForAll(Some().Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(), pair =>
        {
            var (events, seed) = pair;
            var mixed = events.Concat(events).ToArray();
            new Random(seed).Shuffle(mixed);
            return Count(events) == Count(mixed);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_sum_with_a_share_put_in_another_s_place_is_the_sum_of_what_stands_now()
    {
        Prop.ForAll(Some().Zip(Some()).Zip(Some()).ToArbitrary(), three =>
        {
            var ((first, second), other) = three;
            return Count(other) + Count(first) - Count(first) + Count(second) == Count(second) + Count(other);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Nobody_makes_no_rates()
    {
        var funnel = CampaignFunnel.Of(new() { Id = "c", Name = "c", Status = default, CreatedAt = Sent, ChangedAt = Sent, SortAt = Sent, SortName = "C", Spend = 10 }, 0, FunnelCounts.None);
        Assert.All(funnel.Steps, s => Assert.Null(s.Rate));
        Assert.Null(funnel.CostPerClick);
        Assert.Equal(-1m, funnel.ReturnOnSpend);
    }

    private static FunnelCounts Count(params Activity[] events) => RecipientFunnel.Of(events, events.Where(e => e.Type == "track.custom"), Week, "EUR");

    private static (long Delivered, long Bounced) Delivery(params Activity[] events) => (Count(events).Delivered.Total, Count(events).Bounced.Total);

    private static Gen<Activity[]> Some() =>
        from kinds in Gen.Elements(Types).ListOf()
        from seconds in Gen.Choose(0, 30).ListOf(kinds.Count)
        from message in Gen.Elements("m1", "m2").ListOf(kinds.Count)
        from link in Gen.Elements("https://a.example", "https://b.example").ListOf(kinds.Count)
        select kinds.Select((k, i) => Of(k, seconds[i], k == "message.clicked" ? link[i] : null, message: message[i], properties: """{"value":1.5}""")).ToArray();
}
