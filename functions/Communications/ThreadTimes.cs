using System.Text.RegularExpressions;
using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// Messages without a name in common that belong together by time: an answer ("Re:") that names no message goes to the same subject
/// with the same mailbox within a week before it; a chat without conversations of its own is one until a day of silence. A function
/// of the set of messages: their order of arrival does not matter.
/// </summary>
public sealed partial record ThreadTimes(string Id, string CustomerId, string Kind, IReadOnlyList<ThreadTime> Times)
{
    public const string KindName = "thread-times";

    /// <summary>The oldest are forgotten: a message that comes so late begins a conversation.</summary>
    public const int MaxTimes = 200;

    public static readonly TimeSpan AnswerWindow = TimeSpan.FromDays(7);
    public static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    public static DocumentKey KeyOf(string customerId, string name) => new(Containers.Customers, customerId, $"{KindName}.{Kernel.Ids.Of(name)}");

    /// <summary>Under what a message is kept here; null where it has names enough, or nothing to go by.</summary>
    public static string? NameOf(Activity activity, ThreadNames names)
    {
        if (activity.Channel == Channel.Email)
        {
            var mailbox = activity.Direction == Direction.Outbound ? activity.From?.Address : activity.To is [var first, ..] ? first.Address : null;
            return Plain(activity.Subject) is { Length: > 0 } subject ? $"subject:{mailbox?.ToLowerInvariant()}:{subject}" : null;
        }
        return names.References.Count == 0 ? $"silence:{activity.ConnectionId}:{activity.Channel}" : null;
    }

    /// <summary>An answer that says only by its subject what it answers.</summary>
    public static bool IsBareAnswer(Activity activity, ThreadNames names) =>
        activity.Channel == Channel.Email && names.References.Count == 0 && AnswerMark().IsMatch(activity.Subject ?? "");

    /// <summary>The subject without marks of answering and forwarding, in small letters.</summary>
    public static string Plain(string? subject)
    {
        var text = subject?.Trim() ?? "";
        for (var match = Mark().Match(text); match.Length > 0; match = Mark().Match(text)) text = text[match.Length..].TrimStart();
        return text.ToLowerInvariant();
    }

    /// <summary>The conversations that a message of this time belongs to.</summary>
    public IReadOnlyList<string> Joined(DateTimeOffset at, bool isAnswer, bool bySilence) =>
    [
        .. Times.Where(t => bySilence
                ? at >= t.From - Silence && at <= t.To + Silence
                : isAnswer ? t.From <= at && at - t.From <= AnswerWindow || t.IsAnswer && t.From >= at && t.From - at <= AnswerWindow
                : t.IsAnswer && t.From >= at && t.From - at <= AnswerWindow)
            .Select(t => t.ConversationId).Distinct(),
    ];

    public ThreadTimes With(DateTimeOffset at, bool isAnswer, bool bySilence, string conversationId)
    {
        var own = bySilence ? Times.FirstOrDefault(t => t.ConversationId == conversationId && at >= t.From - Silence && at <= t.To + Silence) : null;
        var time = own is null ? new ThreadTime(conversationId, isAnswer, at, at) : own with { From = at < own.From ? at : own.From, To = at > own.To ? at : own.To };
        return this with { Times = [.. Times.Where(t => t != own).Append(time).OrderBy(t => t.To).TakeLast(MaxTimes)] };
    }

    [GeneratedRegex(@"^((re|aw|sv|vs|antw|ref|rv|r|odp|ynt)(\[\d+\])?\s?[:：]|(回复|答复|回覆|答覆)\s?[:：])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnswerMark();

    [GeneratedRegex(@"^((re|aw|sv|vs|antw|ref|rv|r|odp|ynt|fwd?|wg|tr|enc)(\[\d+\])?\s?[:：]|(回复|答复|回覆|答覆|转发|轉寄)\s?[:：]|\[(external|extern)\])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}

/// <summary>A message's time, or from the first to the last of a chat.</summary>
public sealed record ThreadTime(string ConversationId, bool IsAnswer, DateTimeOffset From, DateTimeOffset To);
