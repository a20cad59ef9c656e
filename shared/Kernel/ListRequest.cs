using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel;

/// <summary>
/// The query of a list: <c>limit</c>, <c>cursor</c>, <c>sort=field</c> or <c>sort=-field</c>, <c>fields=a,b</c>, and filters as
/// <c>field=value</c> or <c>field[gte]=value</c>.
/// </summary>
/// <param name="Position">Where the page begins; null at the beginning.</param>
/// <param name="Query">The canonical query that a cursor belongs to.</param>
public sealed record ListRequest(int Limit, string? Position, IReadOnlyDictionary<string, string> Filters, string Query)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    private const int MaxValue = 500;

    /// <summary>The sort asked for, or the shape's first; null where there is no choice.</summary>
    public ListSort? Sort { get; init; }

    /// <summary>The fields asked for; null for all.</summary>
    public IReadOnlySet<string>? Fields { get; init; }

    /// <summary>A list without sorts and fields.</summary>
    public static Outcome<ListRequest> Read(HttpRequest request, params IReadOnlyList<string> filters) =>
        Read(request, ListShape.Plain with { Filters = filters });

    /// <summary>Reads the query string; a parameter, sort or field that the shape does not have is a 400 that names it.</summary>
    public static Outcome<ListRequest> Read(HttpRequest request, ListShape shape)
    {
        var errors = new List<FieldError>();
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var limit = DefaultLimit;
        string? cursor = null;
        var sort = shape.Sorts.Count == 0 ? null : SortOf(shape.Sorts[0]);
        HashSet<string>? fields = null;
        foreach (var (name, values) in request.Query)
        {
            if (values.Count != 1 || values[0] is not { } value) errors.Add(FieldError.In(name, "expected once"));
            else if (name == "limit")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit)
                    errors.Add(FieldError.In(name, FormattableString.Invariant($"expected a whole number from 1 to {MaxLimit}")));
            }
            else if (name == "cursor") cursor = value;
            else if (name == "sort" && shape.Sorts.Count > 0)
            {
                sort = SortOf(value);
                if (!shape.Sorts.Any(s => SortOf(s).Field == sort.Field))
                    errors.Add(FieldError.In(name, "expected one of " + string.Join(", ", shape.Sorts.Select(s => SortOf(s).Field)) + ", with - before it for descending"));
            }
            else if (name == "fields" && shape.Fields.Count > 0)
            {
                fields = [.. value.Split(',')];
                if (fields.FirstOrDefault(f => !shape.Fields.Contains(f)) is { } unknown)
                    errors.Add(FieldError.In(name, $"'{Shown(unknown)}' is no field here; expected some of {string.Join(", ", shape.Fields)}"));
            }
            else if (!shape.Filters.Contains(name)) errors.Add(FieldError.In(name, "there is no such filter here; expected one of " + string.Join(", ", Known(shape))));
            else if (value.Length > MaxValue) errors.Add(FieldError.In(name, FormattableString.Invariant($"expected at most {MaxValue} characters")));
            else given[name] = value;
        }

        var query = request.Path + "?" + string.Join('&', given.Select(f => f.Key + "=" + f.Value));
        if (sort is not null) query += $"&sort={(sort.Descending ? "-" : "")}{sort.Field}";
        string? position = null;
        if (cursor is not null && (position = Cursor.Read(query, cursor)) is null)
            errors.Add(FieldError.In("cursor", "expected the cursor of an earlier page of this same query"));
        if (errors.Count > 0) return Problems.Invalid(errors);
        return new ListRequest(limit, position, given, query) { Sort = sort, Fields = fields };
    }

    /// <summary>A filter that names one of several values, in kebab case; null where it is not given, or wrong and then in <paramref name="errors"/>.</summary>
    public T? Word<T>(string filter, List<FieldError> errors) where T : struct, Enum
    {
        if (!Filters.TryGetValue(filter, out var text)) return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()) == text) return value;
        }
        errors.Add(FieldError.In(filter, "expected one of " + string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName))));
        return null;
    }

    /// <summary>The cursor to the next page, or null at the end.</summary>
    public string? Next(string? continuation) => continuation is null ? null : Cursor.Write(Query, continuation);

    private static ListSort SortOf(string text) => text.StartsWith('-') ? new(text[1..], true) : new(text, false);

    private static IEnumerable<string> Known(ListShape shape)
    {
        yield return "limit";
        yield return "cursor";
        if (shape.Sorts.Count > 0) yield return "sort";
        if (shape.Fields.Count > 0) yield return "fields";
        foreach (var filter in shape.Filters) yield return filter;
    }

    private static string Shown(string text) => text.Length <= 50 ? text : text[..50];
}
