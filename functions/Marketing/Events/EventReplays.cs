using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Marketing.Events;

/// <summary>Replays in the manner of every resource; nobody changes one but its own pages.</summary>
public sealed class EventReplays(IDocuments documents, TimeProvider clock) : CatalogResource<EventReplay, EventReplayFields>(documents, clock)
{
    protected override string Path => "/api/event-replays";

    protected override string Noun => "replay";

    protected override string Kind => EventReplay.KindName;

    public override JsonTypeInfo<EventReplay> Type => MarketingJson.Crm.EventReplay;

    public override JsonTypeInfo<EventReplayFields> FieldsType => MarketingJson.Crm.EventReplayFields;

    public override ListShape Shape { get; } = ListShape.Of(MarketingJson.Crm.EventReplay, ["-createdAt"], "type");

    protected override string IdOf(EventReplay value) => value.Id;

    protected override EventReplayFields FieldsOf(EventReplay value) => new(value.Type);

    protected override Problem? Fault(EventReplayFields fields) => fields.Fault();

    protected override EventReplay Make(string id, EventReplayFields fields, DateTimeOffset now) =>
        new() { Id = id, Type = fields.Type!, State = EventReplayState.Running, CreatedAt = now, ChangedAt = now, SortAt = now };

    protected override EventReplay Change(EventReplay value, EventReplayFields fields, DateTimeOffset now) => value;
}
