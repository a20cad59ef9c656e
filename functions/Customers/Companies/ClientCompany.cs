using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using FluentValidation;

namespace Crm.Customers;

/// <summary>An organisation that customers work for; in the partition of its own id.</summary>
public sealed record ClientCompany
{
    public const string KindName = "company";

    public required string Id { get; init; }

    /// <summary>The partition: its own id.</summary>
    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    /// <summary>Internet domains, such as <c>example.org</c>.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The deployment's own key, such as the number in its books; no other company's.</summary>
    public string? ExternalId { get; init; }

    public IReadOnlyList<string> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    public IReadOnlyList<PostalAddress> Addresses { get; init; } = [];

    public string? Owner { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public string? Notes { get; init; }

    /// <summary>Values of the fields that <c>/api/custom-fields</c> declares of companies.</summary>
    public JsonElement? Custom { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Null for an id that is no company's.</summary>
    public static async ValueTask<Stored<ClientCompany>?> Find(IDocuments documents, string id, CancellationToken token) =>
        // Customers have ids of the same form.
        Ids.TimeOf(id) is not null && await documents.Get(CustomerDirectory.KeyOf(id), token) is { } stored && stored.IsOf(KindName)
            ? stored.As(CustomersJson.Crm.ClientCompany)
            : null;
}

/// <summary>What a caller may say of a company.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CompanyFields(
    string? Name = null,
    IReadOnlyList<string>? Domains = null,
    string? ExternalId = null,
    IReadOnlyList<string>? Emails = null,
    IReadOnlyList<string>? Phones = null,
    IReadOnlyList<PostalAddress>? Addresses = null,
    string? Owner = null,
    IReadOnlyList<string>? Tags = null,
    string? Notes = null,
    JsonElement? Custom = null)
{
    public static CompanyFields Of(ClientCompany company) => new(
        company.Name, company.Domains, company.ExternalId, company.Emails, company.Phones, company.Addresses, company.Owner, company.Tags, company.Notes, company.Custom);

    public ClientCompany On(ClientCompany company, string? region) => company with
    {
        Name = Name!,
        Domains = [.. (Domains ?? []).Select(d => d.Trim().ToLowerInvariant()).Distinct()],
        ExternalId = ExternalId?.Trim(),
        Emails = [.. (Emails ?? []).Select(e => Identity.Email(e)!.Address).Distinct()],
        Phones = [.. (Phones ?? []).Select(p => Identity.Phone(p, region)!.Value).Distinct()],
        Addresses = Addresses ?? [],
        Owner = Owner,
        Tags = [.. (Tags ?? []).Distinct()],
        Notes = Notes,
        Custom = Custom is { ValueKind: JsonValueKind.Object } custom && custom.EnumerateObject().Any() ? custom : null,
    };

    public Problem? Fault(string? region) => new Rules(region).Check(this);

    private sealed class Rules : AbstractValidator<CompanyFields>
    {
        public Rules(string? region)
        {
            RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
            RuleFor(c => c.Domains).Must(d => d is null || d.Count <= 20).WithMessage("expected at most 20 domains");
            RuleForEach(c => c.Domains).Must(d => d is not null && d.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(d.Trim()) == UriHostNameType.Dns).WithMessage("expected a domain, such as example.org");
            RuleFor(c => c.ExternalId).Must(e => e is null || Identity.Own(e) is not null).WithMessage($"expected 1 to {Identity.MaxLength} characters that are not all blank");
            RuleFor(c => c.Emails).Must(e => e is null || e.Count <= 20).WithMessage("expected at most 20 e-mail addresses");
            RuleFor(c => c.Phones).Must(p => p is null || p.Count <= 20).WithMessage("expected at most 20 phone numbers");
            RuleForEach(c => c.Emails).Must(e => Identity.Email(e) is not null).WithMessage("expected one e-mail address, such as office@example.org");
            RuleForEach(c => c.Phones).Must(p => Identity.Phone(p, region) is not null).WithMessage("expected a phone number, such as +4915112345678");
            RuleFor(c => c.Addresses).Must(a => a is null || a.Count <= PostalAddressRules.Most).WithMessage($"expected at most {PostalAddressRules.Most} postal addresses");
            RuleForEach(c => c.Addresses).SetValidator(new PostalAddressRules());
            RuleFor(c => c.Owner).Length(1, 200);
            RuleFor(c => c.Tags).Must(t => t is null || t.Count <= 50).WithMessage("expected at most 50 tags");
            RuleForEach(c => c.Tags).Length(1, 50);
            RuleFor(c => c.Notes).MaximumLength(10_000);
            RuleFor(c => c.Custom).Must(c => c is null or { ValueKind: JsonValueKind.Object or JsonValueKind.Null }).WithMessage("expected an object of custom fields");
        }
    }
}
