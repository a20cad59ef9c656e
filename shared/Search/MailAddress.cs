namespace Crm.Search;

/// <summary>An e-mail address, or the beginning of one, in folded text.</summary>
internal sealed record MailAddress(string Local, string Domain)
{
    public string Whole => $"{Local}@{Domain}";

    /// <summary>The domain, and each that it lies in, down to two labels.</summary>
    public IEnumerable<string> Domains
    {
        get
        {
            var labels = Domain.Split('.', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i == 0 || labels.Length - i >= 2; i++) yield return string.Join('.', labels.Skip(i));
        }
    }

    /// <summary>Null unless there is one @ with a letter or digit on both sides.</summary>
    public static MailAddress? Parse(string chunk)
    {
        var text = Trimmed(chunk);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != text.LastIndexOf('@')) return null;
        var (local, domain) = (text[..at], text[(at + 1)..]);
        return HasLetter(local) && HasLetter(domain) ? new MailAddress(local, domain) : null;
    }

    /// <summary>Without the brackets and stops that stand around an address in a text.</summary>
    public static string Trimmed(string chunk) => chunk.Trim('<', '>', '(', ')', '[', ']', '"', '\'', ',', ';', ':', '.', '!', '?');

    private static bool HasLetter(string text) => text.EnumerateRunes().Any(Letters.IsInWord);
}
