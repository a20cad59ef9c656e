using Crm.Model;
using FluentValidation;

namespace Crm.Customers;

/// <summary>What an address must be to be written on a letter.</summary>
internal sealed class PostalAddressRules : AbstractValidator<PostalAddress>
{
    public const int Most = 10;

    public PostalAddressRules()
    {
        RuleFor(a => a.Lines).Must(l => l is { Count: >= 1 and <= 4 }).WithMessage("expected 1 to 4 lines");
        RuleForEach(a => a.Lines).NotEmpty().MaximumLength(200);
        RuleFor(a => a.PostalCode).Length(1, 20);
        RuleFor(a => a.City).Length(1, 100);
        RuleFor(a => a.Region).Length(1, 100);
        RuleFor(a => a.Country).Must(c => c is null || PhoneNumber.Regions.Contains(c)).WithMessage("expected an ISO 3166-1 code, such as DE");
        RuleFor(a => a.Label).Length(1, 50);
    }
}
