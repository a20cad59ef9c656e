namespace Crm.Adapters.Cosmos;

/// <summary>The order of the service (true and false, numbers, then text by ordinal; ties by id) for matches that no index orders.</summary>
internal static class SortedHere
{
    public static List<(StoredItem Item, object? Order)> After(IEnumerable<(StoredItem Item, object? Order)> found, QueryPosition? after, bool descending)
    {
        var sign = descending ? -1 : 1;
        var sorted = found.Where(f => after is null || sign * Compare((f.Order, f.Item.Key.Id), (after.Order, after.Id)) > 0).ToList();
        sorted.Sort((a, b) => sign * Compare((a.Order, a.Item.Key.Id), (b.Order, b.Item.Key.Id)));
        return sorted;
    }

    private static int Compare((object? Order, string Id) a, (object? Order, string Id) b)
    {
        var order = (a.Order, b.Order) switch
        {
            (bool x, bool y) => x.CompareTo(y),
            (string x, string y) => string.CompareOrdinal(x, y),
            _ when Rank(a.Order) == 1 && Rank(b.Order) == 1 => Number(a.Order).CompareTo(Number(b.Order)),
            _ => Rank(a.Order).CompareTo(Rank(b.Order)),
        };
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }

    private static int Rank(object? value) => value switch { bool => 0, string => 2, _ => 1 };

    private static double Number(object? value) => value is long whole ? whole : (double)value!;
}
