using Crm.Model;

namespace Crm.Communications;

/// <summary>
/// By what a message is found and what it answers: its own names first, then those it refers to. All are looked up among one
/// customer's messages only, so that no stranger joins a conversation by knowing its Message-ID.
/// </summary>
public sealed record ThreadNames(IReadOnlyList<string> Own, IReadOnlyList<string> References)
{
    private const int MaxReferences = 20;

    public static ThreadNames Of(Activity activity)
    {
        var own = new List<string?> { Mail(activity.Mail?.MessageId), Provider(activity, activity.ProviderMessageId) };
        if (activity.Channel == Channel.Email) own.Add(Mail(activity.ProviderMessageId));
        var references = new List<string?>
        {
            Mail(activity.Mail?.InReplyTo),
            Provider(activity, activity.ParentMessageId),
            activity.Channel == Channel.Email ? Mail(activity.ParentMessageId) : null,
            activity.Mail?.ReplyToken is { } token ? Token(token) : null,
            activity.ConversationId is { } conversation ? $"conversation:{activity.ConnectionId}:{conversation}" : null,
        };
        references.AddRange((activity.Mail?.References ?? []).Reverse().Take(MaxReferences).Select(Mail));
        var mine = own.OfType<string>().Distinct().ToList();
        return new ThreadNames(mine, [.. references.OfType<string>().Distinct().Except(mine)]);
    }

    public static string Token(string token) => "token:" + token;

    private static string? Mail(string? id) => id?.Trim('<', '>', ' ') is { Length: > 0 } text ? "mail:" + text : null;

    private static string? Provider(Activity activity, string? id) => string.IsNullOrEmpty(id) ? null : $"message:{activity.ConnectionId}:{id}";
}
