using System.Text.Json;
using Crm.Adapters.Sqlite;
using Crm.Resources;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Resources;

/// <summary>Pages of a view that is merged from its buckets are the sorted rows, whatever the page size.</summary>
public sealed class SortedViewTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-view-");
    private readonly SqliteStore _store;
    private int _views;

    public SortedViewTests() => _store = SqliteStore.Open(_folder.FullName, new FakeTimeProvider());

    [Fact]
    public void Pages_are_the_sorted_rows_in_both_directions() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonEmptyArray<PositiveInt>>(), ArbMap.Default.ArbFor<bool>(), Gen.Choose(1, 9).ToArbitrary(),
            (values, descending, limit) =>
            {
                // Few distinct values, so that ties are frequent.
                var rows = values.Get.Select((v, i) => (Id: $"r{i:d4}", Value: $"v{v.Get % 5}")).ToList();
                var expected = rows.OrderBy(r => r.Value, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal).Select(r => r.Id).ToList();
                if (descending) expected.Reverse();
                Assert.Equal(expected, All(Filled(rows).GetAwaiter().GetResult(), descending, limit).GetAwaiter().GetResult());
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public async Task Rows_that_come_and_go_between_pages_neither_repeat_nor_hide_the_others()
    {
        var view = await Filled([.. Enumerable.Range(0, 40).Select(i => ($"r{i:d4}", $"v{i:d4}"))]);
        var first = await view.Read("byName", descending: false, null, null, 10, null, null, None);
        await view.Put("early", Keys("v0000a"), Item("early"), None);
        await view.Put("late", Keys("v0015a"), Item("late"), None);
        await view.Remove("r0020", None);
        var rest = new List<string>();
        for (var next = first.Next; next is not null;)
        {
            var page = await view.Read("byName", descending: false, null, null, 10, next, null, None);
            rest.AddRange(page.Items.Select(i => i.GetProperty("id").GetString()!));
            next = page.Next;
        }
        Assert.Equal(["r0010", "r0011", "r0012", "r0013", "r0014", "r0015", "late", .. Enumerable.Range(16, 24).Where(i => i != 20).Select(i => $"r{i:d4}")], rest);
    }

    [Fact]
    public async Task A_row_whose_value_changes_moves()
    {
        var view = await Filled([("a", "1"), ("b", "2")]);
        await view.Put("a", Keys("3"), Item("a"), None);
        Assert.Equal(["b", "a"], await All(view, descending: false, 10));
    }

    [Fact]
    public async Task A_range_bounds_the_values()
    {
        var view = await Filled([("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")]);
        foreach (var descending in new[] { false, true })
        {
            var page = await view.Read("byName", descending, "2", "4", 10, null, null, None);
            Assert.Equal(descending ? ["c", "b"] : ["b", "c"], page.Items.Select(i => i.GetProperty("id").GetString()!));
        }
    }

    [Fact]
    public async Task A_further_condition_looks_at_a_bounded_number_of_rows_and_goes_on()
    {
        var rows = Enumerable.Range(0, SortedView.MaxExamined + 500).Select(i => ($"r{i:d5}", $"v{i:d5}")).ToList();
        var view = await Filled(rows);
        var wanted = $"r{SortedView.MaxExamined + 100:d5}";
        var page = await view.Read("byName", descending: false, null, null, 10, null, i => i.GetProperty("id").GetString() == wanted, None);
        Assert.Empty(page.Items);
        Assert.NotNull(page.Next);
        page = await view.Read("byName", descending: false, null, null, 10, page.Next, i => i.GetProperty("id").GetString() == wanted, None);
        Assert.Equal(wanted, Assert.Single(page.Items).GetProperty("id").GetString());
        Assert.Null(page.Next);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<SortedView> Filled(IReadOnlyList<(string Id, string Value)> rows)
    {
        var view = new SortedView(_store.Documents, $"test{_views++}");
        await Task.WhenAll(rows.Select(r => view.Put(r.Id, Keys(r.Value), Item(r.Id), None).AsTask()));
        return view;
    }

    private static async Task<List<string>> All(SortedView view, bool descending, int limit)
    {
        var all = new List<string>();
        string? next = null;
        do
        {
            var page = await view.Read("byName", descending, null, null, limit, next, null, None);
            Assert.True(page.Items.Count == limit || page.Next is null);
            all.AddRange(page.Items.Select(i => i.GetProperty("id").GetString()!));
            next = page.Next;
        }
        while (next is not null);
        return all;
    }

    private static Dictionary<string, string> Keys(string value) => new() { ["byName"] = value };

    private static JsonElement Item(string id) => JsonSerializer.SerializeToElement(new { id });
}
