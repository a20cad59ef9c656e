using System.Text.Json.Serialization;

namespace Crm.Search;

/// <summary>What is kept of one entry. It decides: a posting that the row does not confirm is no hit.</summary>
/// <param name="Words">Every <see cref="Placed"/> as text, by which the entry is found.</param>
/// <param name="Old">Those of earlier versions whose postings may still stand.</param>
/// <param name="IsSettled">All postings of <paramref name="Words"/> stand and none of <paramref name="Old"/> does.</param>
internal sealed record SearchRow(string Id, string View, DateTimeOffset ChangedAt, IReadOnlyList<string> Words, IReadOnlyList<string> Old, bool IsSettled);

/// <summary>That an entry has a word.</summary>
/// <param name="Words">What else it has, see <see cref="Carried"/>.</param>
internal sealed record SearchPosting(string Id, string View, string? Words = null);

[JsonSerializable(typeof(SearchRow))]
[JsonSerializable(typeof(SearchPosting))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SearchJson : JsonSerializerContext;
