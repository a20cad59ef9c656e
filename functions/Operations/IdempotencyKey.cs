namespace Crm.Operations;

/// <summary>One Idempotency-Key of one caller: which request it stands for, and what that was answered.</summary>
public sealed record IdempotencyKey
{
    public required string Id { get; init; }

    /// <summary>Hash of method, address, content type and body.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The id of what the request makes: the same on every try.</summary>
    public required string Seed { get; init; }

    /// <summary>When the try that holds the key began; null once it is over.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>The process that runs it.</summary>
    public required string RunBy { get; init; }

    /// <summary>Null until it is answered.</summary>
    public KeptAnswer? Answer { get; init; }
}

/// <param name="BodyBase64">Null for an answer that holds a secret: such a one is told of, not repeated.</param>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, string? BodyBase64);
