using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using FluentValidation;

namespace Crm.Customers;

/// <summary>What a caller may say of a customer.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CustomerFields(
    string? Name = null,
    IReadOnlyList<string>? Emails = null,
    IReadOnlyList<string>? Phones = null,
    IReadOnlyList<string>? Handles = null,
    string? ExternalId = null,
    string? CompanyId = null,
    IReadOnlyList<PostalAddress>? Addresses = null,
    string? Owner = null,
    string? Language = null,
    IReadOnlyList<string>? Tags = null,
    string? Notes = null,
    JsonElement? Custom = null)
{
    public static CustomerFields Of(Customer customer) => new(
        customer.Name, customer.Emails, customer.Phones, customer.Handles, customer.ExternalId, customer.CompanyId, customer.Addresses, customer.Owner, customer.Language,
        customer.Tags, customer.Notes, customer.Custom);

    /// <summary>Every address in its normal form; of sound fields only (<see cref="Fault"/>).</summary>
    /// <param name="region">See <see cref="PhoneNumber.Normal"/>.</param>
    public CustomerFields Normal(string? region) => this with
    {
        Emails = [.. (Emails ?? []).Select(e => Identity.Email(e)!.Address).Distinct()],
        Phones = [.. (Phones ?? []).Select(p => Identity.Phone(p, region)!.Value).Distinct()],
        Handles = [.. (Handles ?? []).Distinct()],
        ExternalId = ExternalId?.Trim(),
        Tags = [.. (Tags ?? []).Distinct()],
    };

    public Customer On(Customer customer) => customer with
    {
        Name = Name,
        Emails = Emails ?? [],
        Phones = Phones ?? [],
        Handles = Handles ?? [],
        ExternalId = ExternalId,
        CompanyId = CompanyId,
        Addresses = Addresses ?? [],
        Owner = Owner,
        Language = Language,
        Tags = Tags ?? [],
        Notes = Notes,
        Custom = Custom is { ValueKind: JsonValueKind.Object } custom && custom.EnumerateObject().Any() ? custom : null,
    };

    /// <summary>Every identity named, with the place where it stands; of normal fields.</summary>
    public IEnumerable<(Identity Identity, string Pointer)> Identities() =>
    [
        .. (Emails ?? []).Select((e, i) => (Identity.Email(e)!, FormattableString.Invariant($"/emails/{i}"))),
        .. (Phones ?? []).Select((p, i) => (Identity.Phone(p)!, FormattableString.Invariant($"/phones/{i}"))),
        .. (Handles ?? []).Select((h, i) => (HandleOf(h)!, FormattableString.Invariant($"/handles/{i}"))),
        .. Identity.Own(ExternalId) is { } own ? [(own, "/externalId")] : Array.Empty<(Identity, string)>(),
    ];

    /// <summary>The first mailbox or number that stands here twice counts once: the same identity is one.</summary>
    public IEnumerable<(Identity Identity, string Pointer)> Claims(BlockedIdentities blocked) =>
        Identities().Where(i => !blocked.Holds(i.Identity)).DistinctBy(i => i.Identity);

    /// <summary>Whether there is anything to call the customer by.</summary>
    [JsonIgnore]
    public bool IsNamed => !string.IsNullOrWhiteSpace(Name) || Emails?.Count > 0 || Phones?.Count > 0;

    /// <summary>One more; an own key takes the place of the former one.</summary>
    public CustomerFields With(Identity identity) => identity.Type switch
    {
        "email" => this with { Emails = [.. Emails ?? [], identity.Address] },
        "phone" => this with { Phones = [.. Phones ?? [], identity.Value] },
        "external" => this with { Handles = [.. Handles ?? [], identity.Value] },
        "own" => this with { ExternalId = identity.Value },
        _ => throw new ArgumentException($"A customer has no identity of type {identity.Type}.", nameof(identity)),
    };

    public CustomerFields Without(IReadOnlySet<Identity> gone) => this with
    {
        Emails = [.. (Emails ?? []).Where(e => !gone.Contains(Identity.Email(e)!))],
        Phones = [.. (Phones ?? []).Where(p => !gone.Contains(Identity.Phone(p)!))],
        Handles = [.. (Handles ?? []).Where(h => !gone.Contains(HandleOf(h)!))],
        ExternalId = Identity.Own(ExternalId) is { } own && gone.Contains(own) ? null : ExternalId,
    };

    public Problem? Fault(string? region) => new Rules(region).Check(this);

    internal static Identity? HandleOf(string? handle)
    {
        var colon = handle?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 ? Identity.External(handle![..colon], handle[(colon + 1)..]) : null;
    }

    private sealed class Rules : AbstractValidator<CustomerFields>
    {
        public Rules(string? region)
        {
            var phone = region is null ? "expected a phone number in international form, such as +4915112345678" : $"expected a phone number, such as +4915112345678, or as it is dialled within {region}";
            RuleFor(c => c.Name).MaximumLength(200);
            RuleFor(c => c).Must(c => c.IsNamed)
                .OverridePropertyName("name").WithMessage("expected a name, an e-mail address or a phone number");
            RuleFor(c => c.Emails).Must(e => e is null || e.Count <= 20).WithMessage("expected at most 20 e-mail addresses");
            RuleFor(c => c.Phones).Must(p => p is null || p.Count <= 20).WithMessage("expected at most 20 phone numbers");
            RuleFor(c => c.Handles).Must(h => h is null || h.Count <= 50).WithMessage("expected at most 50 handles");
            RuleFor(c => c.Tags).Must(t => t is null || t.Count <= 50).WithMessage("expected at most 50 tags");
            RuleForEach(c => c.Emails).Must(e => Identity.Email(e) is not null).WithMessage("expected one e-mail address, such as ann@example.org");
            RuleForEach(c => c.Phones).Must(p => Identity.Phone(p, region) is not null).WithMessage(phone);
            RuleForEach(c => c.Handles).Must(h => HandleOf(h) is not null).WithMessage("expected the id of a connection, a colon and the sender's name of the person");
            RuleForEach(c => c.Tags).Length(1, 50);
            RuleFor(c => c.ExternalId).Must(e => e is null || Identity.Own(e) is not null).WithMessage($"expected 1 to {Identity.MaxLength} characters that are not all blank");
            RuleFor(c => c.Addresses).Must(a => a is null || a.Count <= PostalAddressRules.Most).WithMessage($"expected at most {PostalAddressRules.Most} postal addresses");
            RuleForEach(c => c.Addresses).SetValidator(new PostalAddressRules());
            RuleFor(c => c.Owner).Length(1, 200);
            RuleFor(c => c.Notes).MaximumLength(10_000);
            RuleFor(c => c.Language).Matches("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$").WithMessage("expected a BCP 47 tag, such as en or zh-Hans");
            RuleFor(c => c.Custom).Must(c => c is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null }).WithMessage("expected an object of custom fields");
        }
    }
}
