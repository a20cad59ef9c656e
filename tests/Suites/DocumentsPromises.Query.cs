using System.Text.Json.Nodes;
using Crm.Ports;

namespace Crm.Tests.Suites;

public abstract partial class DocumentsPromises
{
    [Fact]
    public async Task Equal_compares_value_and_type()
    {
        await Keep(("text", "1"), ("number", 1), ("double", 1.5), ("yes", true), ("no", false));

        Assert.Equal(["text"], await Found(new Condition.Equal("x", "1")));
        Assert.Equal(["number"], await Found(new Condition.Equal("x", 1L)));
        Assert.Equal(["number"], await Found(new Condition.Equal("x", 1.0)));
        Assert.Equal(["double"], await Found(new Condition.Equal("x", 1.5)));
        Assert.Equal(["yes"], await Found(new Condition.Equal("x", true)));
        Assert.Equal(["no"], await Found(new Condition.Equal("x", false)));
    }

    [Fact]
    public async Task A_range_holds_its_lower_bound_and_not_its_upper()
    {
        await Keep(("a", 1), ("b", 2), ("c", 3), ("d", 2.5), ("t", "2"));

        Assert.Equal(["b", "d"], await Found(new Condition.Range("x", 2L, 3L)));
        Assert.Equal(["b", "c", "d"], await Found(new Condition.Range("x", 2L, null)));
        Assert.Equal(["a"], await Found(new Condition.Range("x", null, 2L)));
    }

    [Fact]
    public async Task A_range_of_text_is_by_ordinal_and_leaves_other_types_out()
    {
        await Keep(("a", "B"), ("b", "a"), ("c", "b"), ("d", "ä"), ("n", 5), ("y", true));

        Assert.Equal(["a", "b"], await Found(new Condition.Range("x", null, "b")));
        Assert.Equal(["b", "c", "d"], await Found(new Condition.Range("x", "a", null)));
        Assert.Equal(["b"], await Found(new Condition.Range("x", "a", "b")));
    }

    [Fact]
    public async Task A_prefix_is_text_taken_literally()
    {
        await Keep(("a", "50%"), ("b", "50% off"), ("c", "500"), ("d", "5"), ("e", "50%\uffff"), ("n", 50));

        Assert.Equal(["a", "b", "e"], await Found(new Condition.Prefix("x", "50%")));
        Assert.Equal(["a", "b", "c", "e"], await Found(new Condition.Prefix("x", "50")));
        Assert.Equal(["a", "b", "c", "d", "e"], await Found(new Condition.Prefix("x", "")));
    }

    [Fact]
    public async Task Contains_asks_arrays_for_an_element()
    {
        await Keep(("a", new JsonArray("vip", "de")), ("b", new JsonArray("de")), ("c", "vip"), ("d", new JsonArray(1)), ("g", new JsonArray(true, "1")), ("e", new JsonObject { ["k"] = "vip" }), ("f", new JsonArray()));

        Assert.Equal(["a"], await Found(new Condition.Contains("x", "vip")));
        Assert.Equal(["a", "b"], await Found(new Condition.Contains("x", "de")));
        Assert.Equal(["d"], await Found(new Condition.Contains("x", 1L)));
        Assert.Equal(["g"], await Found(new Condition.Contains("x", true)));
        Assert.Equal(["g"], await Found(new Condition.Contains("x", "1")));
    }

    [Fact]
    public async Task All_conditions_must_hold()
    {
        await Put(Customer("ann", "a"), ("x", 1), ("y", "p"));
        await Put(Customer("ann", "b"), ("x", 1), ("y", "q"));

        Assert.Equal(["b"], await Found(new Condition.Equal("x", 1L), new Condition.Equal("y", "q")));
        Assert.Empty(await Found(new Condition.Equal("x", 2L), new Condition.Equal("y", "q")));
    }

    [Fact]
    public async Task The_id_can_be_asked_for()
    {
        foreach (var id in new[] { "case-1", "case-2", "note-1" }) await Put(Customer("ann", id));

        Assert.Equal(["case-1", "case-2"], await Found(new Condition.Prefix("id", "case-")));
        Assert.Equal(["case-2", "note-1"], await Found(new Condition.Range("id", "case-2", null)));
    }

    [Fact]
    public async Task A_query_stays_in_its_partition()
    {
        await Put(Customer("ann", "a"), ("x", 1));
        await Put(Customer("bob", "b"), ("x", 1));

        Assert.Equal(["a"], await Found(new Condition.Equal("x", 1L)));
    }

    [Fact]
    public async Task Text_in_a_value_is_never_more_than_text()
    {
        await Keep(("a", "x' OR '1'='1"), ("b", "plain"));

        Assert.Equal(["a"], await Found(new Condition.Equal("x", "x' OR '1'='1")));
        Assert.Empty(await Found(new Condition.Equal("x", "' OR 1=1 --")));
    }

    [Theory]
    [InlineData("x') = 1 OR ('")]
    [InlineData("a.b")]
    [InlineData("")]
    public async Task A_path_is_one_plain_property(string path)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Found(new Condition.Equal(path, "1")));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(new DocumentQuery(Containers.Customers, "ann", [], path), Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Limits.PageSize + 1)]
    public async Task A_page_has_one_to_a_thousand_documents(int limit)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(new DocumentQuery(Containers.Customers, "ann", [], Limit: limit), Token));
    }

    /// <summary>Documents of ann that differ in x.</summary>
    private async Task Keep(params (string Id, JsonNode? X)[] documents)
    {
        foreach (var (id, x) in documents) await Put(Customer("ann", id), ("x", x));
    }

    /// <summary>The ids of ann's documents for which the conditions hold, by id.</summary>
    private Task<List<string>> Found(params Condition[] where) => Ids(new DocumentQuery(Containers.Customers, "ann", where));

    /// <summary>The ids of all pages.</summary>
    private async Task<List<string>> Ids(DocumentQuery query)
    {
        var ids = new List<string>();
        await foreach (var document in Documents.All(query, Token)) ids.Add(document.Key.Id);
        return ids;
    }
}
