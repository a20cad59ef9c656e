using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Service;

/// <summary>From a message, or from a conversation of one customer, to the case that it belongs to.</summary>
public sealed record CasePointer(string Id, string CustomerId, string Kind, string CaseId)
{
    public const string MessageKind = "case-message";
    public const string ThreadKind = "case-thread";

    private const int MaxReferences = 10;

    [JsonIgnore]
    public DocumentKey Key => new(Containers.Customers, CustomerId, Id);

    public static DocumentKey KeyOfMessage(string customerId, string activityId) => new(Containers.Customers, customerId, $"{MessageKind}.{activityId}");

    public static CasePointer OfMessage(string customerId, string activityId, string caseId) => new($"{MessageKind}.{activityId}", customerId, MessageKind, caseId);

    /// <summary>What later messages of the conversation will be found by.</summary>
    public static IEnumerable<CasePointer> OfThread(Activity activity, string caseId)
    {
        foreach (var mail in OfMail(activity, caseId)) yield return mail;
        if (ConversationName(activity) is { } conversation) yield return Thread(activity.CustomerId, conversation, caseId);
    }

    /// <summary>What later answers to this one mail will be found by.</summary>
    public static IEnumerable<CasePointer> OfMail(Activity activity, string caseId) =>
        activity.Mail?.MessageId is { } mail ? [Thread(activity.CustomerId, MailName(mail), caseId)] : [];

    /// <summary>Where to look for the case of a message: what it answers first, then its conversation.</summary>
    public static IEnumerable<DocumentKey> KeysOfThread(Activity activity)
    {
        IEnumerable<string?> mails = [activity.Mail?.InReplyTo, .. (activity.Mail?.References ?? []).Reverse().Take(MaxReferences)];
        var names = mails.OfType<string>().Distinct().Select(MailName).Append(ConversationName(activity));
        return names.OfType<string>().Select(name => Thread(activity.CustomerId, name, "").Key);
    }

    private static CasePointer Thread(string customerId, string name, string caseId) => new($"{ThreadKind}.{Ids.Of(name)}", customerId, ThreadKind, caseId);

    private static string MailName(string messageId) => "mail:" + messageId;

    private static string? ConversationName(Activity activity) => activity.ConversationId is { } id ? $"conversation:{activity.ConnectionId}:{id}" : null;
}
