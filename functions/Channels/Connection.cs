namespace Crm.Channels;

/// <summary>One sender's way in. Its id cannot be guessed and is the last part of the address it posts to.</summary>
public sealed record Connection
{
    public const string KindName = "connection";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public required string Provider { get; init; }

    /// <summary>References of the active secrets, newest first: never the secrets.</summary>
    public required IReadOnlyList<string> SecretRefs { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public bool Disabled { get; init; }
}
