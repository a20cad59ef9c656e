using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel;

/// <summary>The query of a list: <c>limit</c>, <c>cursor</c>, and filters as <c>field=value</c> or <c>field[gte]=value</c>.</summary>
public sealed record ListRequest(int Limit, string? Position, IReadOnlyDictionary<string, string> Filters, string Query)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>Reads the query string; a parameter that is neither known nor in <paramref name="filters"/> is a 400 that names it.</summary>
    public static Outcome<ListRequest> Read(HttpRequest request, params IReadOnlyList<string> filters)
    {
        var errors = new List<FieldError>();
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var limit = DefaultLimit;
        string? cursor = null;
        foreach (var (name, values) in request.Query)
        {
            if (values.Count != 1) errors.Add(FieldError.In(name, "expected once"));
            else if (name == "limit")
            {
                if (!int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit)
                    errors.Add(FieldError.In(name, FormattableString.Invariant($"expected a whole number from 1 to {MaxLimit}")));
            }
            else if (name == "cursor") cursor = values[0];
            else if (filters.Contains(name)) given[name] = values[0]!;
            else errors.Add(FieldError.In(name, "there is no such filter here; expected one of " + string.Join(", ", ["limit", "cursor", .. filters])));
        }

        var query = request.Path + "?" + string.Join('&', given.Select(f => f.Key + "=" + f.Value));
        string? position = null;
        if (cursor is not null && (position = Kernel.Cursor.Read(query, cursor)) is null)
            errors.Add(FieldError.In("cursor", "expected the cursor of an earlier page of this same query"));
        if (errors.Count > 0) return Problems.Invalid(errors);
        return new ListRequest(limit, position, given, query);
    }

    /// <summary>The cursor to the next page, or null at the end.</summary>
    public string? Next(string? continuation) => continuation is null ? null : Kernel.Cursor.Write(Query, continuation);
}
