using System.Globalization;

namespace Crm.Adapters.Sqlite;

/// <summary>A version's ETag is its sequence number.</summary>
internal static class ETags
{
    public static string Of(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>No version has the answer to a text that is no ETag of ours.</summary>
    public static long SequenceOf(string etag) =>
        long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && etag[0] != '0' ? sequence : -1;
}
