using System.Text.Json;

namespace Crm.Model;

/// <summary>Who somebody is. Written by Customers only; in the partition of its own id.</summary>
public sealed record Customer
{
    public const string KindName = "customer";

    /// <summary>The kind of one that was deleted: in no list and no search, and its addresses are free.</summary>
    public const string DeletedKindName = "deleted-customer";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public string? Name { get; init; }

    public IReadOnlyList<string> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>Senders' own names for them: the connection, a colon, the name.</summary>
    public IReadOnlyList<string> Handles { get; init; } = [];

    /// <summary>The company's own key, such as the number in its shop; nobody else's.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The company that they work for, by its id.</summary>
    public string? CompanyId { get; init; }

    public IReadOnlyList<PostalAddress> Addresses { get; init; } = [];

    /// <summary>Who looks after them.</summary>
    public string? Owner { get; init; }

    public string? Notes { get; init; }

    /// <summary>Values of the fields that <c>/api/custom-fields</c> declares.</summary>
    public JsonElement? Custom { get; init; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Null for one that is not deleted.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary><c>api</c>, or the connection whose event was the first contact.</summary>
    public required string Source { get; init; }

    public Customer Delete(DateTimeOffset at) => this with { Kind = DeletedKindName, DeletedAt = at, ChangedAt = at };

    public Customer Restore(DateTimeOffset at) => this with { Kind = KindName, DeletedAt = null, ChangedAt = at };
}
