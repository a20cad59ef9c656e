namespace Crm.Reports;

/// <summary>One row for data teams.</summary>
public sealed record DailyCommunicationLine(
    DateOnly Day, string Channel, string Direction, string Language, int Count, int Positive, int Neutral, int Negative, int Unknown, double? MeanCompound);

/// <summary>What each column means: in the manifest, and at the end of the HTML.</summary>
public static class DailyCommunicationColumns
{
    public static IReadOnlyList<ReportColumn> All { get; } =
    [
        new("day", "date", "The company's local day on which the activity occurred, by the sender's clock."),
        new("channel", "string", "email, sms, whatsapp, slack, webchat, web, phone or other."),
        new("direction", "string", "inbound: from a customer; outbound: to a customer; internal: between colleagues."),
        new("language", "string", "BCP 47 primary tag of the text, found by analysis; und where it cannot be told or there is no text."),
        new("count", "integer", "Activities."),
        new("positive", "integer", "Texts with a VADER compound of at least 0.05."),
        new("neutral", "integer", "Texts with a compound between -0.05 and 0.05."),
        new("negative", "integer", "Texts with a compound of at most -0.05."),
        new("unknown", "integer", "Activities without text, or in a language that no model speaks."),
        new("meanCompound", "number", "Mean compound of the positive, neutral and negative texts, -1 to 1; empty when there are none."),
    ];
}

/// <param name="Type"><c>date</c>, <c>string</c>, <c>integer</c> or <c>number</c>.</param>
public sealed record ReportColumn(string Name, string Type, string Definition);
