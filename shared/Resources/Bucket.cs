namespace Crm.Resources;

/// <summary>Spreads ids over a fixed number of partitions.</summary>
public static class Bucket
{
    /// <summary>From 0, by FNV-1a: the same on every machine and run.</summary>
    public static int Of(string id, int buckets)
    {
        var hash = 2166136261u;
        foreach (var c in id) hash = (hash ^ c) * 16777619u;
        return (int)(hash % (uint)buckets);
    }
}
