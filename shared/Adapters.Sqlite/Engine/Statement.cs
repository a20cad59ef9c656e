using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// A prepared statement on SQLite's own interface: parameters and columns pass as UTF-8 and integers, without boxing. Used
/// by one thread at a time, the one that holds the <see cref="Session"/>.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle), database);
    }

    public Statement Bind(int index, long value) => Bound(raw.sqlite3_bind_int64(handle, index, value));

    public Statement Bind(int index, long? value) => value is { } some ? Bind(index, some) : Bound(raw.sqlite3_bind_null(handle, index));

    public Statement Bind(int index, double value) => Bound(raw.sqlite3_bind_double(handle, index, value));

    public Statement Bind(int index, string? value) =>
        Bound(value is null ? raw.sqlite3_bind_null(handle, index) : raw.sqlite3_bind_text(handle, index, value));

    public Statement BindUtf8(int index, ReadOnlySpan<byte> text) => Bound(raw.sqlite3_bind_text(handle, index, text));

    /// <summary>True on a row, false at the end; the statement is then ready to be bound again.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }
        try
        {
            SqliteException.ThrowExceptionForRC(code, database);
            throw new InvalidOperationException($"SQLite answered {code}.");
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs to the end and answers how many rows changed.</summary>
    public int Run()
    {
        while (Step())
        {
            // A PRAGMA answers a row that nobody reads.
        }
        return raw.sqlite3_changes(database);
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>The column's UTF-8 bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>A string, long or double, as the column holds it.</summary>
    public object? Value(int column) => raw.sqlite3_column_type(handle, column) switch
    {
        raw.SQLITE_INTEGER => Integer(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(handle, column),
        raw.SQLITE_TEXT => Text(column),
        _ => null,
    };

    public void Dispose() => handle.Dispose();

    private Statement Bound(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
        return this;
    }
}
