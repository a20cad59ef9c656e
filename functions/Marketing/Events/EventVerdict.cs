using Crm.Kernel;

namespace Crm.Marketing.Events;

/// <summary>Why an event is kept as a failed one.</summary>
/// <param name="Errors">Pointers into the event.</param>
/// <param name="TypeVersion">Of the schema that it was held against.</param>
public sealed record EventVerdict(FailureReason Reason, IReadOnlyList<FieldError> Errors, int? TypeVersion = null)
{
    /// <summary>Null when the event can be taken in, as far as it can be seen by itself.</summary>
    /// <param name="type">Null: the catalogue has no such type.</param>
    public static EventVerdict? Of(EventFields e, KnownEventType? type, bool refuseUnknown)
    {
        if (type is null && refuseUnknown) return new(FailureReason.UnknownType, [FieldError.At("/type", "expected a type of the event catalogue")]);
        if (type?.Schema?.Faults(e.Properties, "/properties") is { Count: > 0 } faults) return new(FailureReason.Schema, faults, type.Version);
        return e.Customer is { CustomerId: null } customer && customer.Identity() is null ? NoCustomer(e) : null;
    }

    public static EventVerdict NoCustomer(EventFields e) => new(FailureReason.NoCustomer, [FieldError.At($"/customer/{e.Customer!.Field()}", e.Customer.Field() switch
    {
        "customerId" => "expected the id of a customer",
        "email" => "expected an e-mail address",
        "phone" => "expected a phone number such as +4915112345678",
        _ => "expected 1 to 254 characters",
    })]);
}

public enum FailureReason
{
    /// <summary>The properties do not fit the type's schema.</summary>
    Schema,

    /// <summary>The catalogue has no such type, and the settings refuse those.</summary>
    UnknownType,

    /// <summary>It names nobody whom it could belong to.</summary>
    NoCustomer,
}
