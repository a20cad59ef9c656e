using Crm.Adapters.Sqlite;
using Crm.Tests.Suites;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Adapters;

/// <summary>For what only SQLite has: the same short ways to write, and the store behind them.</summary>
public abstract class SqliteSuite : DocumentsSuite
{
    internal SqliteEngine Engine { get; private set; } = null!;

    internal SqliteStore Store => Engine.Store;

    protected override ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => new(Engine = new SqliteEngine(clock));

    /// <summary>A connection of another program to the same file.</summary>
    private protected SqliteConnection Foreign()
    {
        var connection = new SqliteConnection($"Data Source={Store.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private protected static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private protected static List<string> Rows(SqliteConnection connection, string sql, int column)
    {
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(reader.GetString(column));
        return rows;
    }

    /// <summary>Runs on the writer's own connection, inside a transaction.</summary>
    private protected Task OnWriter(string sql) =>
        Store.Write(new Write<string, bool>(sql, static (transaction, text) => transaction.Prepared(text).Run() >= 0, Token));
}
