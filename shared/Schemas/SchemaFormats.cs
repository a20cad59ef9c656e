using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Crm.Kernel;
using Crm.Model;
using Newtonsoft.Json.Linq;
using NJsonSchema.Validation;
using NJsonSchema.Validation.FormatValidators;

namespace Crm.Schemas;

/// <summary>The formats that are checked, each in time that grows with the text's length only.</summary>
public static class SchemaFormats
{
    private static readonly string[] Times = ["HH:mm:ss", "HH:mm:ss'Z'", "HH:mm:ss.FFFFFFF'Z'", "HH:mm:sszzz", "HH:mm:ss.FFFFFFFzzz"];

    public static IReadOnlyDictionary<string, Func<string, bool>> All { get; } = new SortedDictionary<string, Func<string, bool>>(StringComparer.Ordinal)
    {
        ["date"] = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["date-time"] = text => UtcTimestamps.Parse(text) is not null,
        ["email"] = text => Identity.Email(text) is not null,
        ["hostname"] = text => text.Length <= 253 && Uri.CheckHostName(text) == UriHostNameType.Dns,
        ["ipv4"] = text => IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        ["ipv6"] = text => IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6,
        ["time"] = text => DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["uri"] = text => Uri.TryCreate(text, UriKind.Absolute, out _),
        ["uuid"] = text => Guid.TryParseExact(text, "D", out _),
    };

    public static string Names { get; } = string.Join(", ", All.Keys);

    /// <summary>The validator's settings: these formats and no others, and the patterns by the formats that stand for them.</summary>
    internal static JsonSchemaValidatorSettings Settings(IReadOnlyDictionary<string, Regex> patterns) => new()
    {
        FormatValidators =
        [
            .. All.Select(f => new Format(f.Key, f.Value)),
            .. patterns.Select(p => new Format(p.Key, p.Value.IsMatch)),
        ],
    };

    private sealed class Format(string name, Func<string, bool> holds) : IFormatValidator
    {
        string IFormatValidator.Format => name;

        public ValidationErrorKind ValidationErrorKind => ValidationErrorKind.PatternMismatch;

        public bool IsValid(string value, JTokenType tokenType) => tokenType != JTokenType.String || holds(value);
    }
}
