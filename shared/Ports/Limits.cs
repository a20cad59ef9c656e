namespace Crm.Ports;

/// <summary>What every engine holds to, so that code written on one runs on the other.</summary>
public static class Limits
{
    /// <summary>Cosmos DB's item limit: 2 MiB.</summary>
    public const int DocumentBytes = 2 * 1024 * 1024;

    /// <summary>Operations in one transactional batch.</summary>
    public const int BatchOperations = 100;

    /// <summary>Documents in one page.</summary>
    public const int PageSize = 1000;

    /// <summary>Service Bus's standard message limit: 256 KiB.</summary>
    public const int MessageBytes = 256 * 1024;

    /// <summary>Bodies beyond this go to a blob, and the document keeps the name.</summary>
    public const int InlineBytes = 200 * 1024;

    /// <summary>How long a tombstone stays readable in the feed.</summary>
    public static readonly TimeSpan TombstoneLife = TimeSpan.FromDays(30);
}
