using System.Text.Json.Serialization;

namespace Crm.Model;

/// <summary>Where post goes.</summary>
/// <param name="Lines">Street, house, flat: 1 to 4 lines, as they stand on a letter.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Label">Such as <c>home</c> or <c>billing</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PostalAddress(IReadOnlyList<string>? Lines, string? PostalCode, string? City, string? Region, string? Country, string? Label);
