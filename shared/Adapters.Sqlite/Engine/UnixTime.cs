namespace Crm.Adapters.Sqlite;

/// <summary>The store's clock reads in whole Unix milliseconds.</summary>
internal static class UnixTime
{
    /// <summary>The first whole millisecond at or after the instant.</summary>
    public static long NotBefore(DateTimeOffset at)
    {
        var milliseconds = at.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) < at ? milliseconds + 1 : milliseconds;
    }

    public static long Now(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
