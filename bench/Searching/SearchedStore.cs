using System.Diagnostics;
using System.Text.Json;
using Crm.Adapters.Sqlite;
using Crm.Bench.Size;
using Crm.Customers;
using Crm.Model;
using Crm.Ports;
using Crm.Search;

namespace Crm.Bench.Searching;

/// <summary>A data folder with customers and the search of them, as the product writes both, but in large chunks.</summary>
internal sealed record SearchedStore(DirectoryInfo Folder, int Customers, TimeSpan LoadTime)
{
    private const int Chunk = 2_000;

    private static readonly string[] s_familyNames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "欧阳"];
    private static readonly string[] s_givenNames = ["伟", "娜", "敏", "静", "洋", "芳", "强", "磊", "军", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "桂英", "建国", "晓明"];

    public long Bytes => Folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    public static async Task<SearchedStore> FillAsync(DirectoryInfo folder, int customers, TimeProvider clock, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var store = SqliteStore.Open(folder.FullName, clock);
        var search = new DocumentSearch(store.Documents);
        foreach (var chunk in Enumerable.Range(0, customers).Chunk(Chunk))
        {
            var some = chunk.Select(SomeCustomer).ToList();
            await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = cancellation }, async (customer, token) =>
                await store.Documents.Put(new DocumentWrite(CustomerDirectory.KeyOf(customer.Id), JsonSerializer.SerializeToUtf8Bytes(customer, ModelJson.Crm.Customer)), token));
            await search.Keep([.. some.Select(c => KeepSearch.EntryOf(c))], cancellation);
            if ((chunk[^1] + 1) % 100_000 == 0) await System.Console.Error.WriteLineAsync($"{chunk[^1] + 1:#,0} customers after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        }
        await LoadedStore.SkipFeedsAsync(store.Documents, cancellation);
        return new SearchedStore(folder, customers, Stopwatch.GetElapsedTime(began));
    }

    public static Customer SomeCustomer(int n) => LoadedStore.SomeCustomer(n) with { Name = n % 10 == 0 ? ChineseName(n) : SomeNames.Of(n), Phones = [Phone(n)] };

    public static string ChineseName(int n) => s_familyNames[n / 10 % 20] + s_givenNames[n / 200 % 20] + s_givenNames[n / 4_000 % 20];

    public static string Phone(int n) => FormattableString.Invariant($"+49151{n:00000000}");
}
