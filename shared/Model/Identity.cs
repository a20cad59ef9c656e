using System.Net.Mail;
using System.Text;
using Crm.Kernel;

namespace Crm.Model;

/// <summary>One address by which a customer is known, as a key to compare by; <see cref="Address"/> is what to write to.</summary>
public sealed record Identity(string Type, string Value)
{
    public const int MaxLength = 254;

    /// <summary>As it was given, but for case and outer blanks; no part of the comparison.</summary>
    public string Address { get; init; } = Value;

    /// <summary>The id of the document that binds this identity to one customer.</summary>
    public string DocumentId => $"{Type}-{Ids.Of($"{Type}:{Value}")}";

    /// <summary>By the mailbox (<see cref="MailKey"/>). Null when the text is not one plain e-mail address.</summary>
    public static Identity? Email(string? address)
    {
        var text = address?.Trim().Normalize(NormalizationForm.FormC);
        if (text is not { Length: > 2 and <= MaxLength } || !MailAddress.TryCreate(text, out var mail) || mail.Address != text) return null;
        var small = text.ToLowerInvariant();
        return new Identity("email", MailKey.Of(small)) { Address = small };
    }

    /// <summary>By E.164; null for what is no number of one person's.</summary>
    /// <param name="region">See <see cref="PhoneNumber.Normal"/>.</param>
    public static Identity? Phone(string? number, string? region = null) => PhoneNumber.Normal(number, region) is { } normal ? new Identity("phone", normal) : null;

    /// <summary>A sender's own name for a person, good within one connection only.</summary>
    public static Identity? External(string connectionId, string? name)
    {
        var text = name?.Trim();
        return text is { Length: > 0 and <= MaxLength } ? new Identity("external", $"{connectionId}:{text}") : null;
    }

    /// <summary>The company's own key of a customer, such as the number in its shop.</summary>
    public static Identity? Own(string? key)
    {
        var text = key?.Trim();
        return text is { Length: > 0 and <= MaxLength } ? new Identity("own", text) : null;
    }

    public bool Equals(Identity? other) => other is not null && Type == other.Type && Value == other.Value;

    public override int GetHashCode() => HashCode.Combine(Type, Value);
}
