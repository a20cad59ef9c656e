namespace Crm.Model;

/// <summary>
/// Addresses that many share or nobody has: a customer may carry them, and nobody is known by them. Each is a whole value, or
/// <c>name@*</c> or <c>*@domain</c>.
/// </summary>
public sealed class BlockedIdentities(IEnumerable<string> values)
{
    public const string Default = "info@*,noreply@*,no-reply@*,donotreply@*,mailer-daemon@*,postmaster@*,nobody@*,test@test.com,*@example.invalid";

    private readonly HashSet<string> _values = new(values, StringComparer.OrdinalIgnoreCase);

    public bool Holds(Identity identity)
    {
        if (identity.Type is not ("email" or "phone")) return false;
        if (_values.Contains(identity.Value) || _values.Contains(identity.Address)) return true;
        if (identity.Type == "phone") return IsFiller(identity.Value);
        var at = identity.Value.LastIndexOf('@');
        return _values.Contains(identity.Value[..at] + "@*") || _values.Contains("*" + identity.Value[at..]);
    }

    /// <summary>One digit over and over, as people fill a field they must: +4900000000.</summary>
    private static bool IsFiller(string number) => number.Length > 7 && number.AsSpan(number.Length - 7).IndexOfAnyExcept(number[^1]) < 0;
}
