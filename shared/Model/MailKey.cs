namespace Crm.Model;

/// <summary>
/// The mailbox behind an e-mail address, where its provider tells how addresses of one mailbox look: a key to compare by, never an
/// address to send to. Of unknown domains nothing is known, and nothing is taken off.
/// </summary>
public static class MailKey
{
    private static readonly HashSet<string> Plus = new(StringComparer.Ordinal)
    {
        "icloud.com", "me.com", "mac.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "passport.com", "windowslive.com",
    };

    private static readonly string[] PlusFamilies = ["outlook.", "hotmail.", "live."];

    private static readonly HashSet<string> Yahoo = new(StringComparer.Ordinal) { "rocketmail.com", "ymail.com" };

    private static readonly HashSet<string> Yandex = new(StringComparer.Ordinal) { "yandex.ru", "yandex.ua", "yandex.kz", "yandex.com", "yandex.by", "ya.ru" };

    /// <param name="address">In small letters.</param>
    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        var (name, domain) = (address[..at], address[(at + 1)..]);
        if (name.StartsWith('"')) return address;
        if (domain is "gmail.com" or "googlemail.com") (name, domain) = (Before(name, '+').Replace(".", "", StringComparison.Ordinal), "gmail.com");
        else if (Plus.Contains(domain) || PlusFamilies.Any(f => domain.StartsWith(f, StringComparison.Ordinal))) name = Before(name, '+');
        else if (Yahoo.Contains(domain) || domain.StartsWith("yahoo.", StringComparison.Ordinal)) name = Before(name, '-');
        else if (Yandex.Contains(domain)) domain = "yandex.ru";
        return name.Length == 0 ? address : $"{name}@{domain}";
    }

    private static string Before(string name, char mark) => name.IndexOf(mark, StringComparison.Ordinal) is var at and > 0 ? name[..at] : name;
}
