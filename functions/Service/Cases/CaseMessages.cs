using Crm.Model;
using Crm.Ports;

namespace Crm.Service;

/// <summary>Messages as cases see them.</summary>
public static class CaseMessages
{
    private const int MaxSubject = 200;

    /// <summary>A message and the case that it belongs to.</summary>
    public sealed record Attached(string CaseId, Activity Activity);

    /// <summary>Null for a message of no case.</summary>
    public static async ValueTask<Attached?> Find(IDocuments documents, string customerId, string? activityId, CancellationToken token) =>
        DocumentKeys.IsId(activityId) && activityId!.Length <= 100
        && await documents.Get(CasePointer.KeyOfMessage(customerId, activityId), ServiceJson.Crm.CasePointer, token) is { } pointer
        && await documents.Get(new DocumentKey(Containers.Customers, customerId, activityId), ModelJson.Crm.Activity, token) is { } activity
            ? new Attached(pointer.Value.CaseId, activity.Value)
            : null;

    /// <summary>A sender's clock that is ahead does not count.</summary>
    public static DateTimeOffset TimeOf(Activity activity) => activity.OccurredAt < activity.ReceivedAt ? activity.OccurredAt : activity.ReceivedAt;

    public static string SubjectOf(Activity activity)
    {
        var text = (string.IsNullOrWhiteSpace(activity.Subject) ? activity.Text : activity.Subject)?.Trim().ReplaceLineEndings(" ");
        if (string.IsNullOrEmpty(text)) return "(no subject)";
        if (text.Length <= MaxSubject) return text;
        return char.IsHighSurrogate(text[MaxSubject - 1]) ? text[..(MaxSubject - 1)] : text[..MaxSubject];
    }
}
