using Crm.Adapters.Sqlite;
using Crm.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Adapters;

/// <summary>Every declared query is an index search, on its first page and on a later one.</summary>
public sealed class SqlitePlanTests : SqliteSuite
{
    public static TheoryData<string, string?, string> Declared
    {
        get
        {
            var data = new TheoryData<string, string?, string>();
            foreach (var container in Containers.All)
            {
                foreach (var index in container.Indexes ?? []) data.Add(container.Name, "p", string.Join(' ', index));
                foreach (var index in container.CrossPartition ?? []) data.Add(container.Name, null, string.Join(' ', index));
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public async Task A_declared_query_searches_its_index_and_sorts_nothing(string container, string? partition, string properties)
    {
        var paths = properties.Split(' ');
        var query = new DocumentQuery(container, partition, [.. paths.SkipLast(1).Select(p => new Condition.Equal(p, "v"))], paths[^1], Descending: true, Limit: 1);
        var definition = Containers.Named(container);
        for (var i = 0; i < 3; i++)
        {
            var key = new DocumentKey(container, "p", $"d{i}");
            await Put(key, [.. paths.Where(p => p != definition.PartitionProperty).Select(p => (p, (System.Text.Json.Nodes.JsonNode?)(p == paths[^1] ? $"2026-0{i + 1}" : "v")))]);
        }
        var next = (await Documents.Query(query, Token)).Continuation;
        Assert.NotNull(next);

        AssertSearches(query, paths);
        AssertSearches(query with { Descending = false }, paths);
        AssertSearches(query with { Continuation = next }, [.. paths, paths[^1]]);
    }

    [Fact]
    public void Keys_feeds_and_prefixes_are_searches_too()
    {
        foreach (var table in Store.Tables.Values)
        {
            Assert.StartsWith("SEARCH", Plan(table.Statements.Get, 3), StringComparison.Ordinal);
            Assert.StartsWith("SEARCH", Plan(table.Statements.Feed, 3), StringComparison.Ordinal);
            Assert.StartsWith("SEARCH", Plan(table.Statements.ReplaceVersion, 8), StringComparison.Ordinal);
            var byPartition = QueryText.Of(table, new DocumentQuery(table.Name, "p", [new Condition.Prefix("id", "x")]));
            Assert.StartsWith("SEARCH", Plan(byPartition.Sql, byPartition.Values.Count + 1), StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", Plan(byPartition.Sql, byPartition.Values.Count + 1), StringComparison.Ordinal);
        }
        var identities = Store.Tables[Containers.Identities];
        var across = QueryText.Of(identities, new DocumentQuery(Containers.Identities, null, [new Condition.Prefix("id", "email:")]));
        Assert.StartsWith("SEARCH", Plan(across.Sql, across.Values.Count + 1), StringComparison.Ordinal);
        Assert.StartsWith("SEARCH messages USING INDEX ix_messages", Plan(MessageStatements.Due, 3), StringComparison.Ordinal);
        Assert.StartsWith("SEARCH messages USING COVERING INDEX ix_messages", Plan(MessageStatements.Depth, 2), StringComparison.Ordinal);
    }

    private void AssertSearches(DocumentQuery query, string[] paths)
    {
        var text = QueryText.Of(Store.Tables[query.Container], query);
        var plan = Plan(text.Sql, text.Values.Count + 1);

        Assert.StartsWith("SEARCH", plan, StringComparison.Ordinal);
        Assert.Contains("USING INDEX ix_", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        foreach (var path in paths.SkipLast(1)) Assert.Contains($"p_{path}", plan, StringComparison.Ordinal);
    }

    private string Plan(string sql, int parameters)
    {
        using var foreign = Foreign();
        using var command = new SqliteCommand("EXPLAIN QUERY PLAN " + sql, foreign);
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter($"?{i}", "x"));
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(reader.GetString(3));
        return string.Join('\n', lines);
    }
}
