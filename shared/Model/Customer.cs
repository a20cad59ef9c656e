namespace Crm.Model;

/// <summary>Who somebody is. Written by Customers only; in the partition of its own id.</summary>
public sealed record Customer
{
    public const string KindName = "customer";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public string? Name { get; init; }

    public IReadOnlyList<string> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary><c>api</c>, or the connection whose event was the first contact.</summary>
    public required string Source { get; init; }
}
