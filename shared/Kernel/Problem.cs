using System.Text.Json.Serialization;

namespace Crm.Kernel;

/// <summary>
/// Why a request was refused, as RFC 9457 <c>application/problem+json</c>. <see cref="Type"/> is a stable relative address under
/// <c>/problems/</c> that docs/problems.md describes.
/// </summary>
public sealed record Problem(int Status, string Type, string Title, string Detail)
{
    /// <summary>One entry per field, parameter or header at fault.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Seconds after which to try again; becomes the Retry-After header.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    /// <summary>Response headers that the status asks for, such as WWW-Authenticate.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public string? TraceId { get; init; }
}

/// <summary>Exactly one of pointer (RFC 6901, into the body), parameter (query or route) and header names the place.</summary>
public sealed record FieldError(string Detail)
{
    public string? Pointer { get; init; }

    public string? Parameter { get; init; }

    public string? Header { get; init; }

    public static FieldError At(string pointer, string detail) => new(detail) { Pointer = pointer };

    public static FieldError In(string parameter, string detail) => new(detail) { Parameter = parameter };

    public static FieldError Of(string header, string detail) => new(detail) { Header = header };
}
