using Crm.Ports;
using Crm.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Suites;

public abstract partial class SearchPromises
{
    private static readonly string[] s_syllables = ["an", "na", "schm", "idt", "mül", "ler", "o", "é", "ß", "王", "伟", "عم", "ра", "'", "-", " ", " ", "7"];

    private static Gen<string> SomeText { get; } = Gen.Elements(s_syllables).ArrayOf(6).Select(string.Concat);

    [Fact]
    public void The_engine_finds_whom_comparing_every_entry_finds_in_the_same_order() =>
        Prop.ForAll(SomeText.ArrayOf(12).ToArbitrary(), SomeText.ArrayOf(6).ToArbitrary(), (names, queries) => Agrees(names, queries).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public async Task A_query_reads_a_bounded_number_of_pages_and_rows_however_many_there_are()
    {
        await Search.Keep([.. Enumerable.Range(0, 1_300).Select(n => Entry($"{n:0000}", (SearchField.Name, $"Anna Schmidt{(n % 2 == 0 ? "ke" : "")}"), (SearchField.Email, $"anna{n}@example.org")))], Token);
        foreach (var (text, queries, rows) in new[] { ("anna", 6, 64), ("an", 6, 64), ("anna schmidt", 12, 96), ("example.org", 5, 64), ("schmitdke", 6 + 22, 64), ("anna nobody", 12 + 44, 0) })
        {
            var documents = new CountedDocuments(Documents);
            var answer = await new DocumentSearch(documents).Find(new SearchQuery(Scope, text), Token);
            Assert.Equal(rows > 0 ? 50 : 0, answer.Hits.Count);
            Assert.True(documents.Queries <= queries, $"'{text}' asked for {documents.Queries} pages");
            Assert.True(documents.Gets <= rows, $"'{text}' read {documents.Gets} rows");
        }
    }

    [Fact]
    public async Task The_newest_of_a_name_that_very_many_have_are_found()
    {
        await Search.Keep([.. Enumerable.Range(0, 1_200).Select(n => Entry($"{n:0000}", (SearchField.Name, n % 100 == 7 ? "Maria Garcia" : "Maria Lopez")))], Token);
        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"{n * 100 + 7:0000}").Reverse(), await Found("maria garcia"));
        Assert.Equal("1199", (await Found("maria")).First());
    }

    [Fact]
    public async Task Two_words_find_whoever_has_both_though_very_many_have_one_of_them()
    {
        // Both beginnings go on into more words than are read, and the one who is meant is the oldest.
        await Search.Keep([Entry("0000", (SearchField.Name, "Anna Benz"), (SearchField.Notes, "x")), .. Enumerable.Range(1, 1_500).Select(n => Entry($"{n:0000}", (SearchField.Name, $"Annabel{Letter(n)} Bena{Letter(n / 26)}")))], Token);
        Assert.Equal("0000", (await Found("anna ben")).First());
        // Now the first page of each whole word ends before the oldest, too.
        await Search.Keep([.. Enumerable.Range(2_000, 2_100).Select(n => Entry($"{n:0000}", (SearchField.Name, n % 2 == 0 ? "Anna Otto" : "Otto Benz")))], Token);
        Assert.Equal("0000", (await Found("anna benz")).First());

        static char Letter(int n) => (char)('a' + n % 26);
    }

    private async Task<bool> Agrees(string[] names, string[] queries)
    {
        await using var engine = await Open(Clock);
        var search = new DocumentSearch(engine.Documents);
        await search.Keep([.. names.Select((name, i) => Entry($"{i:00}", ((SearchField)(i % 5 == 2 ? 0 : i % 5), name)))], Token);
        var rows = names.Select((name, i) => (Id: $"{i:00}", Words: Tokens.Of([new SearchText((SearchField)(i % 5 == 2 ? 0 : i % 5), name)]))).ToList();
        foreach (var query in queries)
        {
            var expected = Reading.Of(query)
                .Select(reading => rows.Select(r => Ranking.Of(r.Id, r.Words, reading)).OfType<(SearchHit Hit, int Score)>()
                    .OrderBy(h => h.Score).ThenByDescending(h => h.Hit.Id, StringComparer.Ordinal).Select(h => h.Hit.Id).ToList())
                .FirstOrDefault(found => found.Count > 0) ?? [];
            var found = (await search.Find(new SearchQuery(Scope, query, 200), Token)).Hits.Select(h => h.Id).ToList();
            if (!expected.SequenceEqual(found)) throw new InvalidOperationException($"'{query}': expected {string.Join(' ', expected)}, found {string.Join(' ', found)}");
        }
        return true;
    }
}
