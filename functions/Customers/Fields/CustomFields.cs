using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using Crm.Schemas;

namespace Crm.Customers;

/// <summary>The declared fields in the manner of every resource, and what values are held against.</summary>
public sealed class CustomFields(IDocuments documents, TimeProvider clock) : CatalogResource<CustomField, CustomFieldFields>(documents, clock)
{
    /// <summary>Of customers, and of companies.</summary>
    public const int Most = 200;

    private const int MaxBytes = 32 * 1024;

    protected override string Path => "/api/custom-fields";

    protected override string Noun => "custom field";

    protected override string Kind => CustomField.KindName;

    public override JsonTypeInfo<CustomField> Type => CustomersJson.Crm.CustomField;

    public override JsonTypeInfo<CustomFieldFields> FieldsType => CustomersJson.Crm.CustomFieldFields;

    public override ListShape Shape { get; } = ListShape.Of(CustomersJson.Crm.CustomField, ["-createdAt", "name"], "of");

    /// <summary>What is wrong with the values of custom fields: a name that is not declared, a value that does not fit.</summary>
    public async Task<Problem?> Fault(string of, JsonElement? custom, CancellationToken token)
    {
        if (custom is not { ValueKind: JsonValueKind.Object } values || !values.EnumerateObject().Any()) return null;
        if (System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(values).Length > MaxBytes) return Problems.Invalid(FieldError.At("/custom", $"expected at most {MaxBytes / 1024} kB"));
        var errors = new List<FieldError>();
        foreach (var value in values.EnumerateObject().Take(Most))
        {
            var at = $"/custom/{JsonPointer.Escape(value.Name)}";
            if (await Declared(of, value.Name, token) is not { } field) errors.Add(FieldError.At(at, "there is no such field; declare it at /api/custom-fields"));
            else if (field.Schema is { } schema) errors.AddRange((await CheckedSchema.Of(schema, token)).Faults(value.Value, at));
        }
        return errors.Count > 0 ? Problems.Invalid(errors) : null;
    }

    protected override string IdOf(CustomField value) => value.Id;

    protected override CustomFieldFields FieldsOf(CustomField value) => new(value.Of, value.Name, value.Description, value.Schema);

    protected override Problem? Fault(CustomFieldFields fields) => fields.Fault();

    protected override async ValueTask<Problem?> Refuse(CustomField? before, CustomField after, CancellationToken token)
    {
        if (before is not null)
            return before.Id == CustomField.IdOf(after.Of, after.Name) ? null : Problems.Invalid(FieldError.At("/name", "expected name and of as they are, for documents carry them: declare another field"));
        if (await Find(after.Id, token) is not null) return Problems.Conflict("There is a field of this name already.") with { Errors = [FieldError.At("/name", $"expected a name that no other field has; see {Path}/{after.Id}")] };
        var page = await Documents.Query(new DocumentQuery(Containers.Catalog, Kind, [new Condition.Equal("of", after.Of)], "sortAt", Limit: Most), token);
        return page.Documents.Count < Most ? null : Problems.Conflict($"There are {Most} fields already.");
    }

    protected override CustomField Make(string id, CustomFieldFields fields, DateTimeOffset now) => new()
    {
        Id = CustomField.IdOf(fields.Of!, fields.Name!),
        Of = fields.Of!,
        Name = fields.Name!,
        SortName = fields.Name!.ToUpperInvariant(),
        Description = fields.Description,
        Schema = fields.Schema,
        CreatedAt = now,
        ChangedAt = now,
        SortAt = now,
    };

    protected override CustomField Change(CustomField value, CustomFieldFields fields, DateTimeOffset now) =>
        value with { Of = fields.Of!, Name = fields.Name!, Description = fields.Description, Schema = fields.Schema, ChangedAt = now };

    private async Task<CustomField?> Declared(string of, string name, CancellationToken token) =>
        name.Length <= 50 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && name.Length > 0
            ? (await Documents.Get(new DocumentKey(Containers.Catalog, Kind, CustomField.IdOf(of, name)), Type, token))?.Value
            : null;
}
