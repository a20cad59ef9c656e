using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// Writes an entry's row first, as an intent that names what will stand and what must go; then the postings; then that the row is
/// settled. Whoever comes again after a crash finishes from the row.
/// </summary>
internal sealed class KeepEntries(IDocuments documents)
{
    private readonly DistinctWords distinct = new(documents);

    public async Task Keep(string scope, IReadOnlyList<SearchEntry> entries, CancellationToken token)
    {
        var left = entries.GroupBy(e => e.Id, (_, same) => same.MaxBy(e => e.ChangedAt)!).ToList();
        while (left.Count > 0)
        {
            var intents = new ConcurrentBag<Intent>();
            var lost = new ConcurrentBag<SearchEntry>();
            await AtOnce.Run(left, async (entry, stop) =>
            {
                var stored = await documents.Get(Keys.Row(scope, entry.Id), SearchJson.Default.SearchRow, stop);
                if (Intent.Of(scope, entry.Id, entry.ChangedAt, Tokens.Of(entry.Texts), stored?.Value) is not { } intent) return;
                if (await Put(intent.Row, Condition(stored), stop) is WriteOutcome.Written written) intents.Add(intent with { ETag = written.ETag });
                else lost.Add(entry);
            }, token);
            foreach (var intent in await CarryOut(scope, [.. intents], Settle, token)) lost.Add(entries.Last(e => e.Id == intent.EntryId));
            left = [.. lost];
        }
    }

    public async Task Remove(string scope, string id, CancellationToken token)
    {
        while (await documents.Get(Keys.Row(scope, id), SearchJson.Default.SearchRow, token) is { } stored)
        {
            var intent = Intent.Removing(scope, id, stored.Value);
            if (await Put(intent.Row, Precondition.Match(stored.ETag), token) is not WriteOutcome.Written written) continue;
            await CarryOut(scope, [intent with { ETag = written.ETag }], (i, stop) => documents.Delete(Keys.Row(scope, id), Precondition.Match(i.ETag), stop), token);
        }
    }

    /// <returns>Those that another writer overtook. What they wrote may be obsolete, and they begin again.</returns>
    private async Task<IReadOnlyCollection<Intent>> CarryOut(
        string scope, IReadOnlyList<Intent> intents, Func<Intent, CancellationToken, ValueTask<WriteOutcome>> settle, CancellationToken token)
    {
        await Write(intents.SelectMany(i => i.New.Select(p => Posting(scope, p, i.Row.Words, i.EntryId))), token);
        await distinct.Add(scope, Words(intents.SelectMany(i => i.New)), token);
        await Write(intents.SelectMany(i => i.Gone.Select(p => new DocumentWrite(Keys.Posting(scope, p, i.EntryId), null))), token);
        await distinct.Clean(scope, Words(intents.SelectMany(i => i.Gone)), token);
        var overtaken = new ConcurrentBag<Intent>();
        await AtOnce.Run(intents, async (intent, stop) =>
        {
            if (await settle(intent, stop) is WriteOutcome.Written) return;
            overtaken.Add(intent);
            await Withdraw(scope, intent, stop);
        }, token);
        return overtaken;
    }

    /// <summary>Makes the postings that were written what the row, as it is now, says of them.</summary>
    private async Task Withdraw(string scope, Intent intent, CancellationToken token)
    {
        Stored<SearchRow>? current = null;
        string? seen;
        do
        {
            seen = current?.ETag;
            current = await documents.Get(Keys.Row(scope, intent.EntryId), SearchJson.Default.SearchRow, token);
            if (seen is not null && current?.ETag == seen) return;
            var words = current?.Value.Words ?? [];
            var gone = intent.New.Except(words.Select(Placed.Parse)).ToList();
            await Write(gone.Select(p => new DocumentWrite(Keys.Posting(scope, p, intent.EntryId), null)), token);
            await Write(intent.New.Except(gone).Select(p => Posting(scope, p, words, intent.EntryId)), token);
            await distinct.Clean(scope, Words(gone), token);
        }
        while (current is not null);
    }

    private ValueTask<WriteOutcome> Settle(Intent intent, CancellationToken token) =>
        Put(intent.Row with { Old = [], IsSettled = true }, Precondition.Match(intent.ETag), token);

    private ValueTask<WriteOutcome> Put(SearchRow row, Precondition condition, CancellationToken token) =>
        documents.Put(new DocumentKey(Containers.Views, row.View, row.Id), row, SearchJson.Default.SearchRow, token, condition);

    /// <summary>By partition, as few batches as there are.</summary>
    private Task Write(IEnumerable<DocumentWrite> writes, CancellationToken token) =>
        AtOnce.Run(writes.GroupBy(w => w.Key.Partition).SelectMany(g => g.Chunk(Limits.BatchOperations)), async (batch, stop) =>
        {
            // A batch with a delete of what is gone already would be refused as a whole.
            if (batch.All(w => w.Json is not null)) await documents.Batch(batch, stop);
            else foreach (var write in batch) await documents.Delete(write.Key, default, stop);
        }, token);

    private static Precondition Condition(Stored<SearchRow>? stored) => stored is null ? Precondition.Absent : Precondition.Match(stored.ETag);

    private static DocumentWrite Posting(string scope, Placed placed, IReadOnlyList<string> words, string id)
    {
        var key = Keys.Posting(scope, placed, id);
        return new DocumentWrite(key, JsonSerializer.SerializeToUtf8Bytes(new SearchPosting(key.Id, key.Partition, Carried.By(words)), SearchJson.Default.SearchPosting));
    }

    private static IEnumerable<string> Words(IEnumerable<Placed> placed) =>
        placed.Select(p => p.Token).Where(TypingError.CanHide).Select(t => t.Word).Distinct();
}
