using System.Security.Cryptography;
using System.Text;
using Crm.Kernel;

namespace Crm.Operations;

/// <summary>A key as it is kept: by its hash, which is also how it is found. The key itself is shown once.</summary>
public sealed record ApiKey
{
    public const string KindName = "api-key";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public required Role Role { get; init; }

    /// <summary>SHA-256 of the whole key, hex.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    /// <summary>160 random bits: no salt or slow hash is needed.</summary>
    public static string NewValue() => "crm_" + Ids.Random(32);

    public static string IdOf(string value) => Ids.Of("api-key:" + value);

    public static ApiKey Of(string value, string name, Role role, DateTimeOffset now) => new()
    {
        Id = IdOf(value),
        Name = name,
        Role = role,
        Hash = HashOf(value),
        CreatedAt = now,
        SortAt = now,
    };

    public bool Is(string value) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(value)), Encoding.ASCII.GetBytes(Hash));

    private static string HashOf(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)));
}
