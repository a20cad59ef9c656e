using Crm.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// One database file, <c>crm.db</c>, in a folder that belongs to this store until it is disposed: documents, change feed and
/// queues. Disposing finishes what waits, empties the log and closes.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    private readonly FolderLock folderLock;
    private readonly Database database;
    private readonly Readers readers;
    private readonly Checkpoints checkpoints;
    private readonly GroupCommit writer;
    private readonly Purge purge;
    private bool disposed;

    private SqliteStore(string path, FolderLock folderLock, TimeProvider clock)
    {
        this.folderLock = folderLock;
        Clock = clock;
        Path = path;
        database = new Database(path);
        Tables = Containers.All.ToDictionary(c => c.Name, c => new ContainerTable(c, Signals[IWriteSignal.Documents(c.Name)]), StringComparer.Ordinal);
        using (var first = database.Writer()) Migrations.Run(first, path, [.. Tables.Values]);
        readers = new Readers(database.Reader);
        checkpoints = new Checkpoints(database.Checkpointer, action => writer!.Between(action));
        writer = new GroupCommit(database.Writer, clock, checkpoints.Committed);
        purge = new Purge(this);
        Documents = new SqliteDocuments(this);
        Messages = new SqliteMessages(this);
    }

    public SqliteDocuments Documents { get; }

    /// <summary>The texts of the reads that were asked lately; for tests of their plans, while nothing reads.</summary>
    internal IEnumerable<string> Reads => readers.Statements;

    public SqliteMessages Messages { get; }

    /// <summary>The database file; its log is beside it, with <c>-wal</c> at the end.</summary>
    public string Path { get; }

    internal TimeProvider Clock { get; }

    internal WriteSignals Signals { get; } = new();

    internal IReadOnlyDictionary<string, ContainerTable> Tables { get; }

    internal Purge Purge => purge;

    internal int Waiting => writer.Waiting;

    /// <summary>Opens the store of a folder, made if it is not there.</summary>
    /// <exception cref="StoreInUseException">Another store has the folder.</exception>
    /// <exception cref="StoreVersionException">A newer program wrote it.</exception>
    /// <exception cref="CannotOpenStoreException">The folder or file cannot be used.</exception>
    public static SqliteStore Open(string folder, TimeProvider clock)
    {
        var folderLock = FolderLock.Take(folder);
        var path = System.IO.Path.Combine(folder, "crm.db");
        try
        {
            return new SqliteStore(path, folderLock, clock);
        }
        catch (SqliteException error)
        {
            folderLock.Dispose();
            throw new CannotOpenStoreException($"The store '{path}' cannot be opened: {error.Message}", error);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, true)) return;
        purge.Dispose();
        writer.Dispose();
        checkpoints.Dispose();
        readers.Dispose();
        try
        {
            using var last = database.Writer();
            last.Checkpoint(SQLitePCL.raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        catch (SqliteException)
        {
            // What was acknowledged is in the log, and the next opening reads it there.
        }
        finally
        {
            folderLock.Dispose();
        }
    }

    internal Task<T> Write<T>(Write<T> write) => writer.Enqueue(write);

    internal T Read<TState, T>(TState state, Func<Session, TState, T> read) => readers.Read(state, read);

    internal ContainerTable Table(string container) =>
        Tables.TryGetValue(container, out var table) ? table : throw new ArgumentException($"There is no container '{container}'.", nameof(container));
}
