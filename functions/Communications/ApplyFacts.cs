using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// Brings facts and messages together, whichever comes first: a fact is kept before its message is looked for, and a message before
/// its facts are, so that one of the two sees the other.
/// </summary>
public sealed class ApplyFacts(IDocuments documents)
{
    /// <summary>Something is reported of a message with these names.</summary>
    public async Task Told(Activity activity, IReadOnlyList<string> names, CancellationToken token)
    {
        foreach (var name in names)
        {
            var key = MessageFacts.KeyOf(activity.CustomerId, name);
            if (MessageFacts.Of(activity, key) is not { } told) return;
            var all = await Keep(key, told, token);
            var known = await documents.Get(ThreadName.KeyOf(activity.CustomerId, name), CommunicationsJson.Crm.ThreadName, token);
            if (known?.Value.MessageId is { } messageId) await Apply(messageId, all, token);
        }
    }

    /// <summary>A message with these names has come.</summary>
    public async Task Known(string messageId, string customerId, IReadOnlyList<string> names, CancellationToken token)
    {
        foreach (var name in names)
        {
            if (await documents.Get(MessageFacts.KeyOf(customerId, name), CommunicationsJson.Crm.MessageFacts, token) is { } facts) await Apply(messageId, facts.Value, token);
        }
    }

    private async Task<MessageFacts> Keep(DocumentKey key, MessageFacts told, CancellationToken token)
    {
        while (true)
        {
            var before = await documents.Get(key, CommunicationsJson.Crm.MessageFacts, token);
            var after = before?.Value.And(told) ?? told;
            if (before is not null && after == before.Value) return after;
            var outcome = await documents.Put(key, after, CommunicationsJson.Crm.MessageFacts, token, before is null ? Precondition.Absent : Precondition.Match(before.ETag));
            if (outcome is WriteOutcome.Written) return after;
        }
    }

    private async Task Apply(string messageId, MessageFacts facts, CancellationToken token)
    {
        while (Message.KeyOf(messageId) is { } key && await documents.Get(key, CommunicationsJson.Crm.Message, token) is { } stored)
        {
            var after = stored.Value.With(facts);
            if (after == stored.Value || await documents.Put(Writes.Of(after, Precondition.Match(stored.ETag)), token) is WriteOutcome.Written) return;
        }
    }
}
