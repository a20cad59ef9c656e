namespace Crm.Console;

/// <summary>What the API's names of a trail's facts are called on a page, in English; a header keeps its own name.</summary>
public static class FactNames
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["receiptId"] = "Receipt id",
        ["connection"] = "Connection",
        ["provider"] = "Provider",
        ["bytes"] = "Bytes",
        ["raw request"] = "Raw request",
        ["result"] = "Result",
        ["scheme"] = "Scheme",
        ["key"] = "Key number",
        ["skewSeconds"] = "Clock difference, s",
        ["decision"] = "Decision",
        ["reason"] = "Reason",
        ["detail"] = "Detail",
        ["customerId"] = "Customer id",
        ["firstReceiptId"] = "First receipt",
        ["activityId"] = "Activity id",
        ["type"] = "Type",
        ["channel"] = "Channel",
        ["occurredAt"] = "Occurred",
        ["mappingVersion"] = "Mapping version",
        ["warning"] = "Warning",
        ["language"] = "Language",
        ["languageConfidence"] = "Confidence",
        ["sentiment"] = "Sentiment",
        ["label"] = "Label",
        ["methodVersion"] = "Method version",
        ["report"] = "Report",
        ["day"] = "Day",
        ["row"] = "Row",
        ["url"] = "Open",
    };

    public static string Of(string name) => All.GetValueOrDefault(name, name);
}
