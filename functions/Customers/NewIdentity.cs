using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;

namespace Crm.Customers;

/// <summary>What a caller may say of one identity.</summary>
/// <param name="Type"><c>email</c>, <c>phone</c>, <c>external</c> or <c>own</c>, as <see cref="KnownIdentity"/> says.</param>
/// <param name="Value">The address, the number, the connection with a colon and the sender's name, or the key.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewIdentity(string? Type = null, string? Value = null)
{
    /// <param name="region">See <see cref="PhoneNumber.Normal"/>.</param>
    public Outcome<Identity> Read(string? region)
    {
        var (identity, expected) = Type switch
        {
            "email" => (Identity.Email(Value), "expected one e-mail address, such as ann@example.org"),
            "phone" => (Identity.Phone(Value, region), "expected a phone number, such as +4915112345678"),
            "external" => (CustomerFields.HandleOf(Value), "expected the id of a connection, a colon and the sender's name of the person"),
            "own" => (Identity.Own(Value), $"expected 1 to {Identity.MaxLength} characters that are not all blank"),
            _ => (null, null),
        };
        if (expected is null) return Problems.Invalid(FieldError.At("/type", "expected email, phone, external or own"));
        return identity is null ? Problems.Invalid(FieldError.At("/value", expected)) : identity;
    }

    /// <summary>A refusal of the customer's fields, said of this request's.</summary>
    public static Problem InItsPlace(Problem problem) =>
        problem with { Errors = problem.Errors is { } errors ? [.. errors.Select(e => e.Pointer is null ? e : e with { Pointer = "/value" })] : null };
}
