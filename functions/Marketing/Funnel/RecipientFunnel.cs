using System.Text.Json;
using Crm.Model;

namespace Crm.Marketing.Funnel;

/// <summary>
/// What one recipient adds to a campaign's funnel. A function of the set of events: their order and repeats change nothing.
/// </summary>
public static class RecipientFunnel
{
    /// <param name="events">The recipient's events of the campaign.</param>
    /// <param name="goals">The recipient's events that are of the campaign's goal, of the campaign or not.</param>
    /// <param name="window">How long after a person's click such an event is the campaign's doing.</param>
    /// <param name="currency">ISO 4217; amounts in another one are counted apart.</param>
    public static FunnelCounts Of(IEnumerable<Activity> events, IEnumerable<Activity> goals, TimeSpan window, string? currency)
    {
        var mine = events.DistinctBy(e => e.Id).ToList();
        var machine = EngagementReading.Of(mine);
        var opens = mine.Where(e => e.Type == "message.opened").ToList();
        var clicks = mine.Where(e => e.Type == "message.clicked" && !EngagementReading.IsUnsubscribeLink(e)).ToList();
        var messages = mine.Where(IsOfMessage).GroupBy(EngagementReading.MessageOf).Select(MessageCourse.Of).ToList();
        var conversions = Conversions(mine, goals, clicks.Where(c => machine[c.Id] is null).Select(c => c.OccurredAt).ToList(), window);
        var amounts = conversions.Select(AmountOf).Where(a => a is not null).Select(a => a!.Value).ToList();
        return new FunnelCounts
        {
            Sent = StepCount.Of(messages.Count, 0),
            Delivered = StepCount.Of(messages.Count(m => m.Delivered), 0),
            Bounced = StepCount.Of(messages.Count(m => m.Bounced), 0),
            Opened = StepCount.Of(opens.Count(o => machine[o.Id] is null), opens.Count(o => machine[o.Id] is not null)),
            Clicked = StepCount.Of(clicks.Count(c => machine[c.Id] is null), clicks.Count(c => machine[c.Id] is not null)),
            Converted = StepCount.Of(conversions.Count, 0),
            Complained = StepCount.Of(mine.Count(e => e.Type == "message.complained"), 0),
            Unsubscribed = StepCount.Of(mine.Count(e => e.Type == "consent.unsubscribed"), 0),
            Value = amounts.Where(a => IsOwn(a.Currency, currency)).Sum(a => a.Amount),
            OtherCurrency = amounts.Count(a => !IsOwn(a.Currency, currency)),
        };
    }

    private static bool IsOfMessage(Activity e) => e.Type.StartsWith("message.", StringComparison.Ordinal) && e.Type != "message.received";

    private static List<Activity> Conversions(List<Activity> mine, IEnumerable<Activity> goals, List<DateTimeOffset> clicks, TimeSpan window)
    {
        var own = mine.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        return [.. goals.DistinctBy(g => g.Id).Where(g => own.Contains(g.Id) || clicks.Any(c => g.OccurredAt >= c && g.OccurredAt - c <= window))];
    }

    private static bool IsOwn(string? currency, string? own) => currency is null || own is null || string.Equals(currency, own, StringComparison.OrdinalIgnoreCase);

    /// <summary><c>revenue</c>, <c>value</c> or <c>total</c> with <c>currency</c>, beside the event or within its own <c>properties</c>.</summary>
    private static (decimal Amount, string? Currency)? AmountOf(Activity e)
    {
        if (e.Properties is not { ValueKind: JsonValueKind.Object } all) return null;
        var within = all.TryGetProperty("properties", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : all;
        foreach (var name in new[] { "revenue", "value", "total" })
        {
            if (within.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var amount) && Math.Abs(amount) <= 1_000_000_000)
                return (amount, within.TryGetProperty("currency", out var currency) && currency.ValueKind == JsonValueKind.String ? currency.GetString() : null);
        }
        return null;
    }

    /// <summary>What became of one message: who opens or clicks had it delivered, whatever the sender left out; a bounce after the delivery takes it back.</summary>
    private sealed record MessageCourse(bool Delivered, bool Bounced)
    {
        public static MessageCourse Of(IEnumerable<Activity> events)
        {
            var types = events.Select(e => e.Type).ToHashSet(StringComparer.Ordinal);
            var read = types.Overlaps(["message.opened", "message.clicked", "message.read", "message.complained"]);
            var bounced = !read && types.Overlaps(["message.bounced", "message.failed"]);
            return new MessageCourse(!bounced && (read || types.Contains("message.delivered")), bounced);
        }
    }
}
