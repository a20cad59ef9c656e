namespace Crm.Adapters.Sqlite;

internal static class PageBytes
{
    /// <summary>A page ends once it holds this much, as Cosmos DB's do (4 MB).</summary>
    public const long Most = 4L * 1024 * 1024;
}
