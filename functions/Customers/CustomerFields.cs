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
    string? Language = null,
    IReadOnlyList<string>? Tags = null)
{
    public static CustomerFields Of(Customer customer) => new(customer.Name, customer.Emails, customer.Phones, customer.Language, customer.Tags);

    public Customer On(Customer customer) => customer with
    {
        Name = Name,
        Emails = [.. (Emails ?? []).Select(e => Identity.Email(e)!.Value).Distinct()],
        Phones = [.. (Phones ?? []).Select(p => Identity.Phone(p)!.Value).Distinct()],
        Language = Language,
        Tags = Tags ?? [],
    };

    /// <summary>Every identity named, with the place where it stands.</summary>
    public IEnumerable<(Identity Identity, string Pointer)> Identities() =>
    [
        .. (Emails ?? []).Select((e, i) => (Identity.Email(e)!, FormattableString.Invariant($"/emails/{i}"))),
        .. (Phones ?? []).Select((p, i) => (Identity.Phone(p)!, FormattableString.Invariant($"/phones/{i}"))),
    ];

    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<CustomerFields>
    {
        public Rules()
        {
            RuleFor(c => c.Name).MaximumLength(200);
            RuleFor(c => c).Must(c => !string.IsNullOrWhiteSpace(c.Name) || c.Emails?.Count > 0 || c.Phones?.Count > 0)
                .OverridePropertyName("name").WithMessage("expected a name, an e-mail address or a phone number");
            RuleFor(c => c.Emails).Must(e => e is null || e.Count <= 20).WithMessage("expected at most 20 e-mail addresses");
            RuleFor(c => c.Phones).Must(p => p is null || p.Count <= 20).WithMessage("expected at most 20 phone numbers");
            RuleFor(c => c.Tags).Must(t => t is null || t.Count <= 50).WithMessage("expected at most 50 tags");
            RuleForEach(c => c.Emails).Must(e => Identity.Email(e) is not null).WithMessage("expected one e-mail address, such as ann@example.org");
            RuleForEach(c => c.Phones).Must(p => Identity.Phone(p) is not null).WithMessage("expected a phone number in international form, such as +4915112345678");
            RuleForEach(c => c.Tags).Length(1, 50);
            RuleFor(c => c.Language).Matches("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$").WithMessage("expected a BCP 47 tag, such as en or zh-Hans");
        }
    }
}
