using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Kernel;

/// <summary>An opaque cursor that only continues the query it came from.</summary>
public static class Cursor
{
    private const int BindingBytes = 12;

    /// <param name="query">Route, filters and order in a canonical text.</param>
    /// <param name="position">The store's continuation.</param>
    public static string Write(string query, string position) =>
        Base64Url.EncodeToString([.. Binding(query), .. Encoding.UTF8.GetBytes(position)]);

    /// <summary>The position, or null when the cursor is malformed or belongs to another query.</summary>
    public static string? Read(string query, string cursor)
    {
        if (cursor.Length > 4096 || !Base64Url.IsValid(cursor)) return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        return bytes.Length > BindingBytes && bytes.AsSpan(0, BindingBytes).SequenceEqual(Binding(query))
            ? Encoding.UTF8.GetString(bytes, BindingBytes, bytes.Length - BindingBytes)
            : null;
    }

    private static byte[] Binding(string query) => SHA256.HashData(Encoding.UTF8.GetBytes(query))[..BindingBytes];
}
