using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// Makes one conversation of several that turn out to be one: the lesser id stays, the others say what they became part of and hand
/// over their messages, some at a time. Whatever stops it, the next message of either finishes it.
/// </summary>
public sealed class JoinConversations(IDocuments documents, TimeProvider clock)
{
    private const int MessagesAtOnce = 40;

    /// <summary>The one that they are, or none where nothing is stored; null where somebody else was writing: look again.</summary>
    public async Task<Joined?> Of(IReadOnlyList<string> ids, CancellationToken token)
    {
        var found = new Dictionary<string, Stored<Conversation>>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (await Find(id, token) is { } conversation) found[conversation.Value.Id] = conversation;
        }
        if (found.Count == 0) return new Joined(null);
        var winner = found.Values.MinBy(c => c.Value.Id, StringComparer.Ordinal)!;
        if (found.Count == 1) return new Joined(winner);
        var loser = found.Values.First(c => c != winner);
        var now = clock.GetUtcNow();
        await documents.Batch(
            [
                Writes.Of(loser.Value with { MergedInto = winner.Value.Id, ChangedAt = now }, Precondition.Match(loser.ETag)),
                Writes.Of(winner.Value.Keeping(loser.Value, now), Precondition.Match(winner.ETag)),
            ],
            token);
        // Whoever looks again finds it on its way, moves its messages, and goes on with the next.
        return null;
    }

    /// <summary>The conversation itself, or the one that it has become part of, with all its messages.</summary>
    public async Task<Stored<Conversation>?> Find(string id, CancellationToken token)
    {
        while (Conversation.KeyOf(id) is { } key && await documents.Get(key, CommunicationsJson.Crm.Conversation, token) is { } stored)
        {
            if (stored.Value.MergedInto is not { } into) return stored;
            await Move(id, into, token);
            id = into;
        }
        return null;
    }

    private async Task Move(string from, string to, CancellationToken token)
    {
        var key = Conversation.KeyOf(to)!.Value;
        var query = new DocumentQuery(Containers.Customers, key.Partition, [new Condition.Prefix("threadAt", Message.ThreadPrefix(from))], "threadAt", Limit: MessagesAtOnce);
        while ((await documents.Query(query, token)).Documents is { Count: > 0 } page)
        {
            if (await documents.Get(key, CommunicationsJson.Crm.Conversation, token) is not { } target) return;
            var messages = page.Select(d => d.As(CommunicationsJson.Crm.Message)).ToList();
            var after = messages.Where(m => m.Value.Kind == Message.KindName).Aggregate(target.Value, (conversation, m) => conversation.With(m.Value, clock.GetUtcNow()));
            List<DocumentWrite> writes = [Writes.Of(after, Precondition.Match(target.ETag)), .. messages.Select(m => Writes.Of(m.Value.MovedTo(to), Precondition.Match(m.ETag)))];
            await documents.Batch(writes, token);
        }
    }
}

/// <param name="Conversation">Null: none is stored yet.</param>
public sealed record Joined(Stored<Conversation>? Conversation);
