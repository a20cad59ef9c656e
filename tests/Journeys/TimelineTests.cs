using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>One timeline over all modules, whose pages stay right while events arrive.</summary>
public sealed class TimelineTests
{
    [Fact]
    public async Task Messages_and_cases_stand_in_one_line_with_the_same_head()
    {
        await using var world = await World.Begin();
        var (sender, id) = await Ann(world);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Admin.Make("/api/cases", new { customerId = id, subject = "Lost parcel" });
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await sender.Deliver(StandardSender.Message("ann@example.org", "Any news?", world.Clock.GetUtcNow()));
        await world.Settle();

        var items = (await world.Admin.Read($"/api/customers/{id}/timeline")).Items().ToList();
        Assert.Equal(["activity", "case", "activity"], items.Select(i => i.Text("kind")));
        Assert.Equal(["message.received", "case", "message.received"], items.Select(i => i.Text("type")));
        Assert.Equal("Lost parcel", items[1].Text("title"));
        Assert.Equal("Lost parcel", items[1]["document"]!.Text("subject"));
        Assert.Equal(items.Select(i => i.Text("at")).OrderDescending(StringComparer.Ordinal), items.Select(i => i.Text("at")));
    }

    [Theory]
    [InlineData("kind=case", 1)]
    [InlineData("kind=activity", 1)]
    [InlineData("type=message.received", 1)]
    [InlineData("type=message.sent", 0)]
    [InlineData("channel=email", 1)]
    [InlineData("channel=sms", 0)]
    [InlineData("timelineAt[gte]=2026-11-23T09:05:00Z", 1)]
    [InlineData("timelineAt[lt]=2026-11-23T09:05:00Z", 1)]
    public async Task It_can_be_narrowed(string filter, int expected)
    {
        await using var world = await World.Begin();
        var (_, id) = await Ann(world);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Admin.Make("/api/cases", new { customerId = id, subject = "Lost parcel" });
        Assert.Equal(expected, (await world.Admin.Read($"/api/customers/{id}/timeline?{filter}")).Items().Count());
    }

    [Fact]
    public async Task Events_that_arrive_between_two_pages_neither_repeat_nor_hide_an_entry()
    {
        await using var world = await World.Begin();
        var (sender, id) = await Ann(world);
        for (var i = 1; i < 9; i++) await sender.Deliver(StandardSender.Message("ann@example.org", $"message {i}", World.Start.AddMinutes(i)));
        await world.Settle();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.Admin.Read($"/api/customers/{id}/timeline?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.Items().Select(i => i["activity"]!.Text("text")));
            cursor = page["nextCursor"]?.GetValue<string>();
            // Newer than all of them, and at the very time of one that was seen.
            await sender.Deliver(StandardSender.Message("ann@example.org", "new", World.Start.AddHours(1).AddMinutes(seen.Count)));
            await sender.Deliver(StandardSender.Message("ann@example.org", "late", World.Start.AddMinutes(8)));
            await world.Settle();
        }
        while (cursor is not null);
        Assert.Equal(["message 8", "message 7", "message 6", "message 5", "message 4", "message 3", "message 2", "message 1", "message 0"], seen.Where(t => t != "late"));
        Assert.True(seen.Count(t => t == "late") <= 1, "A late event may show once, where its time is.");
    }

    private static async Task<(StandardSender Sender, string Id)> Ann(World world)
    {
        var sender = await world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "message 0", World.Start));
        await world.Settle();
        return (sender, (await world.Admin.Read("/api/customers")).Items().Single().Text("id"));
    }
}
