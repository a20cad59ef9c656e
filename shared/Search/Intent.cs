namespace Crm.Search;

/// <summary>The change of one entry's row, and which postings follow from it.</summary>
internal sealed record Intent(string EntryId, SearchRow Row, IReadOnlyList<Placed> New, IReadOnlyList<Placed> Gone, string ETag = "")
{
    /// <returns>Null when there is nothing to do: the row says this already, or something newer.</returns>
    public static Intent? Of(string scope, string id, DateTimeOffset changedAt, IReadOnlyList<Placed> placed, SearchRow? before)
    {
        var words = placed.Select(p => p.Text).Order(StringComparer.Ordinal).ToList();
        if (before is { } b && (b.ChangedAt > changedAt || (b.IsSettled && b.Words.SequenceEqual(words)))) return null;
        return Between(scope, id, changedAt, words, before);
    }

    public static Intent Removing(string scope, string id, SearchRow before) => Between(scope, id, before.ChangedAt, [], before);

    private static Intent Between(string scope, string id, DateTimeOffset changedAt, List<string> words, SearchRow? before)
    {
        var key = Keys.Row(scope, id);
        var old = (before?.Words ?? []).Concat(before?.Old ?? []).Except(words).ToList();
        // A posting carries the others too, so a change of one writes all anew.
        var standing = before is { IsSettled: true } && Carried.By(before.Words) == Carried.By(words) ? before.Words : [];
        return new Intent(
            id,
            new SearchRow(key.Id, key.Partition, changedAt, words, old, IsSettled: false),
            [.. words.Except(standing).Select(Placed.Parse)],
            [.. old.Select(Placed.Parse)]);
    }
}
