using Crm.Adapters.Sqlite;
using Crm.Ports;
using Crm.Tests.Suites;

namespace Crm.Tests.Adapters;

/// <summary>A store in a folder of its own, which goes with it.</summary>
internal sealed class SqliteEngine : IDocumentsEngine, IMessagesEngine
{
    private readonly TimeProvider clock;

    public SqliteEngine(TimeProvider clock) : this(clock, Directory.CreateTempSubdirectory("crm-sqlite-").FullName) { }

    private SqliteEngine(TimeProvider clock, string folder)
    {
        this.clock = clock;
        Folder = folder;
        Store = SqliteStore.Open(folder, clock);
    }

    public string Folder { get; }

    public SqliteStore Store { get; private set; }

    public IDocuments Documents => Store.Documents;

    public IMessages Messages => Store.Messages;

    public IMessageReceiver Receiver => Store.Messages;

    /// <summary>Closes the store and opens it again.</summary>
    public void Reopen()
    {
        Store.Dispose();
        Store = SqliteStore.Open(Folder, clock);
    }

    /// <summary>Another store over a copy of the files as they are now: what a kill at this moment would leave.</summary>
    public SqliteEngine Crashed()
    {
        var folder = Directory.CreateTempSubdirectory("crm-sqlite-").FullName;
        foreach (var name in new[] { "crm.db", "crm.db-wal" }) File.Copy(Path.Combine(Folder, name), Path.Combine(folder, name));
        return new SqliteEngine(clock, folder);
    }

    public ValueTask DisposeAsync()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
