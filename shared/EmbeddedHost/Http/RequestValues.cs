using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Crm.EmbeddedHost;

/// <summary>Route and query values as text, and how they are read. Called from compiled code.</summary>
internal static class RequestValues
{
    /// <summary>The route value, else the last query value of that name. Empty counts as missing, as in the worker.</summary>
    public static string? Find(HttpContext context, string name, bool inRoute)
    {
        if (inRoute && context.Request.RouteValues.TryGetValue(name, out object? value) && value is string { Length: > 0 } text) return text;
        if (inRoute || !context.Request.QueryString.HasValue) return null;
        return context.Request.Query[name] is { Count: > 0 } all && all[^1] is { Length: > 0 } last ? last : null;
    }

    public static bool ReadString(string text, out string value)
    {
        value = text;
        return true;
    }

    public static bool ReadInt32(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    public static bool ReadGuid(string text, out Guid value) => Guid.TryParse(text, out value);
}
