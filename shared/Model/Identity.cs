using System.Net.Mail;
using System.Text;
using Crm.Kernel;

namespace Crm.Model;

/// <summary>One address by which a customer is known, normalised: a match key, never an address to send to.</summary>
public sealed record Identity(string Type, string Value)
{
    public const int MaxLength = 254;

    /// <summary>The id of the document that binds this identity to one customer.</summary>
    public string DocumentId => $"{Type}-{Ids.Of($"{Type}:{Value}")}";

    /// <summary>Null when the text is not one plain e-mail address.</summary>
    public static Identity? Email(string? address)
    {
        var text = address?.Trim().Normalize(NormalizationForm.FormC);
        return text is { Length: > 2 and <= MaxLength } && MailAddress.TryCreate(text, out var mail) && mail.Address == text
            ? new Identity("email", text.ToLowerInvariant())
            : null;
    }

    /// <summary>E.164 as it stands (<c>+</c> and 7 to 15 digits, spaces and dashes between); null otherwise.</summary>
    public static Identity? Phone(string? number)
    {
        var text = string.Concat((number ?? "").Where(c => c is not (' ' or '-' or '(' or ')')));
        return text.Length is >= 8 and <= 16 && text[0] == '+' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            ? new Identity("phone", text)
            : null;
    }

    /// <summary>A sender's own name for a person, good within one connection only.</summary>
    public static Identity? External(string connectionId, string? name)
    {
        var text = name?.Trim();
        return text is { Length: > 0 and <= MaxLength } ? new Identity("external", $"{connectionId}:{text}") : null;
    }
}
