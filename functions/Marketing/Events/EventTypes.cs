using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Marketing.Events;

/// <summary>The event catalogue in the manner of every resource. A type and the version of its schema are written in one transaction.</summary>
public sealed class EventTypes(IDocuments documents, TimeProvider clock) : CatalogResource<EventType, EventTypeFields>(documents, clock)
{
    protected override string Path => "/api/event-types";

    protected override string Noun => "event type";

    protected override string Kind => EventType.KindName;

    public override JsonTypeInfo<EventType> Type => MarketingJson.Crm.EventType;

    public override JsonTypeInfo<EventTypeFields> FieldsType => MarketingJson.Crm.EventTypeFields;

    public override ListShape Shape { get; } = ListShape.Of(MarketingJson.Crm.EventType, ["-createdAt", "name"], "name");

    public static DocumentKey KeyOf(string id) => new(Containers.Catalog, EventType.KindName, id);

    /// <summary>The earlier schemas and the current one, newest first.</summary>
    public DocumentQuery VersionsOf(EventType type, int limit, string? continuation) => new(
        Containers.Catalog, Kind, [new Condition.Prefix("id", EventTypeVersion.PrefixOf(type.Id))], Descending: true, Limit: limit, Continuation: continuation);

    // The versions lie beside their types: only an id of a type's own form is one.
    protected override ValueTask<DocumentKey?> KeyOf(string id, CancellationToken token) =>
        ValueTask.FromResult<DocumentKey?>(id.Length == 32 && id.All(char.IsAsciiLetterOrDigit) ? KeyOf(id) : null);

    protected override string IdOf(EventType value) => value.Id;

    protected override EventTypeFields FieldsOf(EventType value) => new(value.Name, value.Description, value.Schema);

    protected override Problem? Fault(EventTypeFields fields) => fields.Fault();

    protected override async ValueTask<Problem?> Refuse(EventType? before, EventType after, CancellationToken token)
    {
        if (before is not null) return before.Name == after.Name ? null : Problems.Invalid(FieldError.At("/name", "expected the name as it is, for events carry it: make another type"));
        return await Find(after.Id, token) is { } held && held.Value.MadeBy != after.MadeBy
            ? Problems.Conflict("There is an event type of this name already.") with { Errors = [FieldError.At("/name", $"expected a name that no other type has; see {Path}/{held.Value.Id}")] }
            : null;
    }

    protected override EventType Make(string id, EventTypeFields fields, DateTimeOffset now) => new()
    {
        Id = EventType.IdOf(fields.Name!),
        Name = fields.Name!,
        SortName = fields.Name!.ToUpperInvariant(),
        Description = fields.Description,
        Schema = fields.Schema,
        Version = 1,
        MadeBy = id,
        CreatedAt = now,
        ChangedAt = now,
        SortAt = now,
    };

    protected override EventType Change(EventType value, EventTypeFields fields, DateTimeOffset now) => value with
    {
        Name = fields.Name!,
        Description = fields.Description,
        Schema = fields.Schema,
        Version = Same(value.Schema, fields.Schema) ? value.Version : value.Version + 1,
        ChangedAt = now,
    };

    protected override async ValueTask<WriteOutcome> Store(EventType? before, EventType after, Precondition precondition, CancellationToken token)
    {
        var writes = new List<DocumentWrite> { new(KeyOf(after.Id), JsonSerializer.SerializeToUtf8Bytes(after, Type), precondition) };
        if (before?.Version != after.Version)
        {
            var version = EventTypeVersion.Of(after);
            writes.Add(new(KeyOf(version.Id), JsonSerializer.SerializeToUtf8Bytes(version, MarketingJson.Crm.EventTypeVersion)));
        }
        return (await Documents.Batch(writes, token)).Match(w => new WriteOutcome.Written(w.ETags[0]), r => r.Reason) switch
        {
            // Somebody else's of this name, of this moment.
            WriteOutcome.Exists when await Find(after.Id, token) is { } held && held.Value.MadeBy != after.MadeBy => new WriteOutcome.Changed(),
            var outcome => outcome,
        };
    }

    protected override async ValueTask<Problem?> Remove(Stored<EventType> stored, CancellationToken token)
    {
        if (await base.Remove(stored, token) is { } refused) return refused;
        await foreach (var version in Documents.All(VersionsOf(stored.Value, Limits.PageSize, null), token)) await Documents.Delete(version.Key, default, token);
        return null;
    }

    private static bool Same(JsonElement? one, JsonElement? two) =>
        one is { } a && two is { } b ? JsonElement.DeepEquals(a, b) : one is null && two is null;
}
