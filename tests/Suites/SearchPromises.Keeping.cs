using Crm.Ports;
using Crm.Search;

namespace Crm.Tests.Suites;

public abstract partial class SearchPromises
{
    [Fact]
    public async Task A_replaced_text_is_found_by_its_new_words_only()
    {
        await Keep("a", (SearchField.Name, "Anna Schmidt"));
        await Search.Keep([Entry("a", 1, (SearchField.Name, "Anna Wolkenstein"))], Token);
        Assert.Empty(await Found("schmidt"));
        Assert.Equal(["a"], await Found("anna"));
        Assert.Equal(["a"], await Found("wolkenstien"));
        Assert.DoesNotContain(await Left(), key => key.Contains("schmidt", StringComparison.Ordinal) || key.Contains("tdimhcs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_older_version_changes_nothing()
    {
        await Search.Keep([Entry("a", 1, (SearchField.Name, "Anna"))], Token);
        await Keep("a", (SearchField.Name, "Berta"));
        Assert.Equal(["a"], await Found("anna"));
        Assert.Empty(await Found("berta"));
    }

    [Fact]
    public async Task A_repeat_writes_nothing()
    {
        await Keep("a", (SearchField.Name, "Anna"), (SearchField.Email, "anna@example.org"));
        var documents = new CountedDocuments(Documents);
        await new DocumentSearch(documents).Keep([Entry("a", 5, (SearchField.Name, "Anna"), (SearchField.Email, "anna@example.org"))], Token);
        Assert.Equal(0, documents.Writes);
    }

    [Fact]
    public async Task Nothing_stays_of_what_is_removed()
    {
        await Keep("a", (SearchField.Name, "Jürgen Müller 王伟"), (SearchField.Email, "j@example.org"), (SearchField.Phone, "+4915112345678"));
        await Search.Remove(Scope, "a", Token);
        Assert.Empty(await Left());
        await Search.Remove(Scope, "a", Token);
    }

    [Fact]
    public async Task A_word_that_somebody_else_has_stays_findable_with_an_error()
    {
        await Keep("a", (SearchField.Name, "Schmidt"));
        await Keep("b", (SearchField.Name, "Schmidt"));
        await Search.Remove(Scope, "a", Token);
        Assert.Equal(["b"], await Found("schmitd"));
    }

    [Fact]
    public async Task A_posting_that_the_row_does_not_confirm_is_no_hit()
    {
        await Keep("a", (SearchField.Name, "Anna"));
        var row = (await Current(new DocumentKey(Containers.Views, "search.customers.row.a", "row"))).Key;
        await Documents.Delete(row, default, Token);
        Assert.Empty(await Found("anna"));
    }

    [Fact]
    public async Task Whenever_the_store_fails_a_repeat_brings_what_should_stand()
    {
        SearchEntry[] first = [Entry("a", 0, (SearchField.Name, "Anna Schmidt"), (SearchField.Phone, "+4915112345678")), Entry("b", 0, (SearchField.Name, "Anna"))];
        SearchEntry[] second = [Entry("a", 1, (SearchField.Name, "Berta Schmidt 王伟")), Entry("b", 1, (SearchField.Notes, "Anna"))];
        var expected = await Fresh(second);
        for (var writes = 0; ; writes++)
        {
            await using var engine = await Open(Clock);
            var search = new DocumentSearch(engine.Documents);
            await search.Keep(first, Token);
            var faulty = new CountedDocuments(engine.Documents) { WritesLeft = writes };
            var failed = false;
            try
            {
                await new DocumentSearch(faulty).Keep(second, Token);
            }
            catch (StoreUnavailableException)
            {
                failed = true;
            }
            await search.Keep(second, Token);
            Assert.Equal(expected, await Left(engine.Documents));
            if (!failed) break;
        }
    }

    [Fact]
    public async Task Whenever_the_store_fails_a_repeated_removal_leaves_nothing()
    {
        var failed = true;
        for (var writes = 0; failed; writes++)
        {
            await using var engine = await Open(Clock);
            var search = new DocumentSearch(engine.Documents);
            await search.Keep([Entry("a", (SearchField.Name, "Anna Schmidt"), (SearchField.Email, "anna@example.org"))], Token);
            try
            {
                await new DocumentSearch(new CountedDocuments(engine.Documents) { WritesLeft = writes }).Remove(Scope, "a", Token);
                failed = false;
            }
            catch (StoreUnavailableException)
            {
                await search.Remove(Scope, "a", Token);
            }
            Assert.Empty(await Left(engine.Documents));
        }
    }

    [Fact]
    public async Task Of_many_writers_at_once_the_newest_version_stands_and_nothing_else()
    {
        var versions = Enumerable.Range(0, 12).Select(v => Entry("a", v, (SearchField.Name, $"Word{(char)('a' + v)} Anna"))).ToList();
        await Task.WhenAll(versions.Select(v => Task.Run(() => Search.Keep([v], Token), Token)));
        Assert.Equal(await Fresh(versions[^1]), await Left());
    }

    [Fact]
    public async Task Who_is_overtaken_after_the_intent_leaves_nothing_of_the_older_version()
    {
        var newer = Entry("a", 1, (SearchField.Name, "Anna Neumann"));
        var documents = new CountedDocuments(Documents) { BeforeBatches = () => Search.Keep([newer], Token) };
        await new DocumentSearch(documents).Keep([Entry("a", 0, (SearchField.Name, "Anna Altmann"))], Token);
        Assert.Equal(await Fresh(newer), await Left());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a/b")]
    public async Task An_id_that_no_document_key_takes_is_refused(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Keep(id, (SearchField.Name, "Anna")));
        await Assert.ThrowsAsync<ArgumentException>(() => Search.Find(new SearchQuery(id, "anna"), Token));
    }

    /// <summary>What stands in an engine that has only ever seen these entries.</summary>
    private async Task<IReadOnlyList<string>> Fresh(params SearchEntry[] entries)
    {
        await using var engine = await Open(Clock);
        await new DocumentSearch(engine.Documents).Keep(entries, Token);
        return await Left(engine.Documents);
    }

    private Task<IReadOnlyList<string>> Left() => Left(Documents);

    private static async Task<IReadOnlyList<string>> Left(IDocuments documents)
    {
        var page = await documents.Query(new DocumentQuery(Containers.Views, null, [], Limit: Limits.PageSize), Token);
        Assert.Null(page.Continuation);
        return [.. page.Documents.Select(d => $"{d.Key.Partition}/{d.Key.Id} {Text(d, "words")}").Order(StringComparer.Ordinal)];
    }
}
