namespace Crm.Search;

/// <summary>Many calls of the store side by side, but not so many that they crowd out everybody else's.</summary>
internal static class AtOnce
{
    private const int Most = 256;

    public static Task Run<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> act, CancellationToken token) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Most, CancellationToken = token }, async (item, stop) => await act(item, stop));
}
