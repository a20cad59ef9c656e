using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>What is stored under a message's names at one moment: the conversations it belongs to, and what to write when it joins one.</summary>
public sealed class Thread
{
    private readonly Activity _activity;
    private readonly ThreadNames _names;
    private readonly Dictionary<string, Stored<ThreadName>?> _stored;
    private readonly string? _timesName;
    private readonly Stored<ThreadTimes>? _times;

    private Thread(Activity activity, ThreadNames names, Dictionary<string, Stored<ThreadName>?> stored, string? timesName, Stored<ThreadTimes>? times)
    {
        (_activity, _names, _stored, _timesName, _times) = (activity, names, stored, timesName, times);
    }

    /// <summary>By id, merged ones among them.</summary>
    public IReadOnlyList<string> Conversations =>
    [
        .. _stored.Values.OfType<Stored<ThreadName>>().Select(s => s.Value.ConversationId)
            .Concat(_times?.Value.Joined(_activity.OccurredAt, IsAnswer, IsBySilence) ?? []).Distinct(),
    ];

    private bool IsAnswer => ThreadTimes.IsBareAnswer(_activity, _names);

    private bool IsBySilence => _activity.Channel != Channel.Email;

    public static async Task<Thread> Read(IDocuments documents, Activity activity, ThreadNames names, CancellationToken token)
    {
        var stored = new Dictionary<string, Stored<ThreadName>?>(StringComparer.Ordinal);
        foreach (var name in names.Own.Concat(names.References))
            stored[name] = await documents.Get(ThreadName.KeyOf(activity.CustomerId, name), CommunicationsJson.Crm.ThreadName, token);
        var timesName = ThreadTimes.NameOf(activity, names);
        var times = timesName is null ? null : await documents.Get(ThreadTimes.KeyOf(activity.CustomerId, timesName), CommunicationsJson.Crm.ThreadTimes, token);
        return new Thread(activity, names, stored, timesName, times);
    }

    /// <summary>Each refused if somebody else has written it since.</summary>
    /// <param name="begun">The conversation that begins with the message; null where it joins one.</param>
    public IEnumerable<DocumentWrite> Writes(Message message, Conversation? begun)
    {
        foreach (var (name, stored) in _stored)
        {
            var own = _names.Own.Contains(name) ? message.Id : null;
            if (stored is not null && (own is null || stored.Value.MessageId is not null)) continue;
            var key = ThreadName.KeyOf(message.CustomerId, name);
            var value = new ThreadName(key.Id, key.Partition, ThreadName.KindName, stored?.Value.ConversationId ?? message.ConversationId, own);
            yield return Communications.Writes.Of(value, stored is null ? Precondition.Absent : Precondition.Match(stored.ETag));
        }
        if (begun?.ReplyToken is { } token)
        {
            var key = ThreadName.KeyOf(message.CustomerId, ThreadNames.Token(token));
            yield return Communications.Writes.Of(new ThreadName(key.Id, key.Partition, ThreadName.KindName, begun.Id, null), Precondition.Absent);
        }
        if (_timesName is null) yield break;
        var timesKey = ThreadTimes.KeyOf(message.CustomerId, _timesName);
        var times = _times?.Value ?? new ThreadTimes(timesKey.Id, timesKey.Partition, ThreadTimes.KindName, []);
        yield return Communications.Writes.Of(
            times.With(_activity.OccurredAt, IsAnswer, IsBySilence, message.ConversationId), _times is null ? Precondition.Absent : Precondition.Match(_times.ETag));
    }
}
