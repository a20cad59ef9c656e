using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Kernel;
using Crm.Model;

namespace Crm.Customers;

/// <summary>From the columns of a table to the fields of a customer: by what the caller says, else by the names that tables use.</summary>
public sealed class ImportMapping
{
    private static readonly char[] Between = [';', '|', '\n'];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["name"] = ["name", "fullname", "full name", "contact", "contact name", "customer", "customer name", "nom", "nombre", "kunde", "姓名", "名称", "客户"],
        ["firstName"] = ["first name", "firstname", "given name", "vorname", "prénom", "名"],
        ["lastName"] = ["last name", "lastname", "surname", "family name", "nachname", "apellido", "apellidos", "姓"],
        ["emails"] = ["email", "e-mail", "emails", "mail", "email address", "e-mail address", "e-mail-adresse", "correo", "courriel", "邮箱", "电子邮件", "邮件"],
        ["phones"] = ["phone", "phones", "telephone", "tel", "mobile", "cell", "phone number", "telefon", "telefonnummer", "handy", "téléphone", "teléfono", "电话", "手机"],
        ["externalId"] = ["external id", "externalid", "id", "customer id", "customer number", "customer no", "kundennummer", "客户编号", "编号"],
        ["owner"] = ["owner", "account owner", "assigned to", "betreuer", "负责人"],
        ["language"] = ["language", "lang", "locale", "sprache", "语言"],
        ["tags"] = ["tags", "tag", "labels", "标签"],
        ["notes"] = ["notes", "note", "comment", "comments", "notizen", "bemerkung", "备注"],
        ["companyId"] = ["company id", "companyid"],
        ["street"] = ["street", "address", "address line 1", "straße", "strasse", "rue", "calle", "地址"],
        ["postalCode"] = ["postal code", "postalcode", "zip", "zip code", "postcode", "plz", "code postal", "邮编"],
        ["city"] = ["city", "town", "ort", "stadt", "ville", "ciudad", "城市"],
        ["region"] = ["region", "state", "province", "bundesland", "省"],
        ["country"] = ["country", "country code", "land", "pays", "país", "国家"],
    };

    private readonly string?[] _fields;

    private ImportMapping(IReadOnlyList<ImportColumn> columns)
    {
        Columns = columns;
        _fields = [.. columns.Select(c => c.Field)];
    }

    public static IReadOnlyCollection<string> Fields { get; } = Known.Keys;

    public IReadOnlyList<ImportColumn> Columns { get; }

    public static bool IsField(string field) => field.Length == 0 || Known.ContainsKey(field) || (field.StartsWith("custom.", StringComparison.Ordinal) && field.Length > 7);

    /// <summary>What is wrong with the header: two columns of one name or field, or none that makes a customer.</summary>
    public static Outcome<ImportMapping> Of(IReadOnlyList<string> header, IReadOnlyDictionary<string, string> given)
    {
        var names = header.Select(h => h.Trim()).ToList();
        if (names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1 && g.Key.Length > 0) is { } twice)
            return Problems.Invalid(FieldError.In("file", $"expected each column once: '{twice.Key}' stands there more than once"));
        if (given.Keys.FirstOrDefault(g => !names.Contains(g, StringComparer.OrdinalIgnoreCase)) is { } missing)
            return Problems.Invalid(FieldError.In("mapping", $"the file has no column '{missing}'"));
        var columns = names.Select(n => new ImportColumn(n, FieldOf(n, given))).ToList();
        if (columns.Where(c => c.Field is not null).GroupBy(c => c.Field).FirstOrDefault(g => g.Count() > 1 && g.Key is not ("emails" or "phones" or "tags" or "notes")) is { } both)
            return Problems.Invalid(FieldError.In("mapping", $"expected one column for {both.Key}: {string.Join(", ", both.Select(c => c.Column))}"));
        return columns.Any(c => c.Field is "name" or "firstName" or "lastName" or "emails" or "phones")
            ? new ImportMapping(columns)
            : Problems.Invalid(FieldError.In("file", "expected a column with a name, an e-mail address or a phone number"));
    }

    /// <summary>The fields of one row; an empty cell says nothing.</summary>
    public CustomerFields Read(Func<int, string> cell)
    {
        var texts = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0; i < _fields.Length; i++)
        {
            if (_fields[i] is { } field && cell(i).Trim() is { Length: > 0 } text) (texts.TryGetValue(field, out var list) ? list : texts[field] = []).Add(text);
        }
        string? One(string field) => texts.TryGetValue(field, out var list) ? string.Join('\n', list) : null;
        IReadOnlyList<string>? Many(string field, params char[] also) =>
            texts.TryGetValue(field, out var list) ? [.. list.SelectMany(t => t.Split([.. Between, .. also], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : null;

        var address = new PostalAddress(One("street")?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), One("postalCode"), One("city"), One("region"), One("country")?.ToUpperInvariant(), null);
        var custom = texts.Keys.Where(k => k.StartsWith("custom.", StringComparison.Ordinal)).ToDictionary(k => k["custom.".Length..], k => Value(One(k)!));
        return new CustomerFields(
            One("name") ?? (string.Join(' ', new[] { One("firstName"), One("lastName") }.OfType<string>()) is { Length: > 0 } full ? full : null),
            Many("emails", ','), Many("phones", ','), ExternalId: One("externalId"), CompanyId: One("companyId"),
            Addresses: address.Lines is null ? null : [address], Owner: One("owner"), Language: One("language"), Tags: Many("tags", ','), Notes: One("notes"),
            Custom: custom.Count == 0 ? null : JsonSerializer.SerializeToElement(new JsonObject(custom.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))), CustomersJson.Crm.JsonObject));
    }

    /// <summary>A number or a truth value where the text is one, as JSON writes it.</summary>
    private static JsonValue? Value(string text) => text switch
    {
        "true" or "false" => JsonValue.Create(text == "true"),
        _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static string? FieldOf(string column, IReadOnlyDictionary<string, string> given)
    {
        foreach (var (name, field) in given)
        {
            if (string.Equals(name, column, StringComparison.OrdinalIgnoreCase)) return field.Length == 0 ? null : field;
        }
        if (column.StartsWith("custom.", StringComparison.Ordinal) && column.Length > 7) return column;
        var plain = column.Replace('_', ' ').ToLowerInvariant();
        return Known.FirstOrDefault(k => k.Value.Contains(plain) || string.Equals(k.Key, column, StringComparison.OrdinalIgnoreCase)).Key;
    }
}
