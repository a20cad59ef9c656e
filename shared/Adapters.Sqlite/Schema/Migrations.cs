using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// Brings a database to this program's layout, forward only, in one transaction. Steps change the layout itself; tables,
/// computed columns and indexes follow <see cref="Containers"/> at every opening.
/// </summary>
internal static class Migrations
{
    /// <summary>"Crm1", kept in the file's header.</summary>
    public const int ApplicationId = 0x43726D31;

    private static readonly IReadOnlyList<string[]> Steps =
    [
        [
            "CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
            "INSERT INTO meta VALUES ('sequence', 0)",
            MessageStatements.Table,
            MessageStatements.Index,
        ],
    ];

    public static int Newest => Steps.Count;

    /// <exception cref="StoreVersionException">A newer program wrote the database.</exception>
    /// <exception cref="CannotOpenStoreException">The file is another program's database.</exception>
    public static void Run(Session session, string path, IReadOnlyList<ContainerTable> tables)
    {
        var version = session.Number("PRAGMA user_version");
        var application = session.Number("PRAGMA application_id");
        var objects = session.Number("SELECT count(*) FROM sqlite_schema");
        if (application != ApplicationId && (application != 0 || objects > 0))
            throw new CannotOpenStoreException($"The file '{path}' is a database of another program.");
        if (version > Newest)
            throw new StoreVersionException($"The store '{path}' has version {version}; this program knows versions up to {Newest}. Start a newer program, or restore an older backup.");

        session.Once("BEGIN IMMEDIATE");
        foreach (var step in Steps.Skip((int)version))
        {
            foreach (var sql in step) session.Once(sql);
        }
        foreach (var table in tables) Follow(session, table);
        // Locks do not outlive the process that held them.
        session.Once(MessageStatements.UnlockAll);
        session.Once($"PRAGMA application_id = {ApplicationId}");
        session.Once($"PRAGMA user_version = {Newest}");
        session.Once("COMMIT");
    }

    private static void Follow(Session session, ContainerTable table)
    {
        var t = table.Name;
        var partition = table.IsPartitioned ? "partition TEXT NOT NULL, " : "";
        session.Once($"CREATE TABLE IF NOT EXISTS {t} (seq INTEGER PRIMARY KEY, {partition}id TEXT NOT NULL, written INTEGER NOT NULL, expires INTEGER, deleted INTEGER NOT NULL, body TEXT NOT NULL)");
        session.Once($"CREATE UNIQUE INDEX IF NOT EXISTS ux_{t} ON {t} ({(table.IsPartitioned ? "partition, id" : "id")})");
        // With one time to live for all, rows expire in the order of the table itself.
        if (table.DefaultTimeToLive is null)
            session.Once($"CREATE INDEX IF NOT EXISTS ex_{t} ON {t} (expires) WHERE expires IS NOT NULL");

        var columns = session.Texts($"SELECT name FROM pragma_table_xinfo('{t}')");
        foreach (var property in table.Indexed)
        {
            var column = ContainerTable.ComputedColumn(property);
            if (!columns.Contains(column))
                session.Once($"ALTER TABLE {t} ADD COLUMN {column} GENERATED ALWAYS AS (body ->> '{property}') VIRTUAL");
        }

        var present = session.Texts($"SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{t}' AND name LIKE 'ix\\_%' ESCAPE '\\'");
        var wanted = table.Indexes.ToDictionary(i => i.Name, StringComparer.Ordinal);
        foreach (var name in present.Where(n => !wanted.ContainsKey(n))) session.Once($"DROP INDEX {name}");
        foreach (var index in wanted.Values.Where(i => !present.Contains(i.Name))) session.Once(index.Sql);
    }
}
