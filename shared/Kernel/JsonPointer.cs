using System.Text;

namespace Crm.Kernel;

/// <summary>RFC 6901.</summary>
public static class JsonPointer
{
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>From the path of a serializer exception (<c>$.emails[0].address</c>, <c>$['a.b']</c>).</summary>
    public static string FromPath(string? path)
    {
        var pointer = new StringBuilder();
        var rest = (path ?? "").AsSpan().TrimStart('$');
        while (!rest.IsEmpty)
        {
            var (name, used) = rest[0] switch
            {
                '[' when rest.Length > 1 && rest[1] == '\'' => Until(rest, 2, "']"),
                '[' => Until(rest, 1, "]"),
                _ => UntilNext(rest[1..]),
            };
            pointer.Append('/').Append(Escape(name));
            rest = rest[used..];
        }
        return pointer.ToString();
    }

    private static (string, int) Until(ReadOnlySpan<char> rest, int start, string close)
    {
        var end = rest[start..].IndexOf(close);
        return end < 0 ? (rest[start..].ToString(), rest.Length) : (rest.Slice(start, end).ToString(), start + end + close.Length);
    }

    private static (string, int) UntilNext(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny('.', '[');
        return end < 0 ? (rest.ToString(), rest.Length + 1) : (rest[..end].ToString(), end + 1);
    }
}
