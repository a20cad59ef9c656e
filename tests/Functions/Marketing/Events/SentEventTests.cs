using System.Text.Json;
using Crm.Marketing.Events;
using static Crm.Tests.Functions.Marketing.CampaignEvents;

namespace Crm.Tests.Functions.Marketing.Events;

/// <summary>What senders call their events, and where the properties are.</summary>
public sealed class SentEventTests
{
    [Fact]
    public void A_tracking_library_s_event_has_its_own_name_and_properties()
    {
        var track = Of("track.custom", 0, properties: """{"properties":{"total":1},"anonymousId":"x"}""") with { ProviderEventType = "track:Order Completed" };
        Assert.Equal("Order Completed", SentEvent.NameOf(track));
        Assert.Equal("""{"total":1}""", SentEvent.PropertiesOf(track)!.Value.GetRawText());
        Assert.Null(SentEvent.PropertiesOf(track with { Properties = JsonElement.Parse("[]") }));
    }

    [Fact]
    public void Any_other_event_is_what_the_sender_calls_it()
    {
        var placed = Of("unknown", 0, properties: """{"properties":1}""") with { ProviderEventType = "order.placed" };
        Assert.Equal("order.placed", SentEvent.NameOf(placed));
        Assert.Equal("""{"properties":1}""", SentEvent.PropertiesOf(placed)!.Value.GetRawText());
    }

    [Fact]
    public void A_message_is_no_event_of_the_catalogue() => Assert.Null(SentEvent.NameOf(Of("message.opened", 0)));
}
