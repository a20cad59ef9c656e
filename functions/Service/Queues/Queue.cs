using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using FluentValidation;

namespace Crm.Service;

/// <summary>Where cases wait for whoever is responsible.</summary>
public sealed record Queue
{
    public const string KindName = "queue";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QueueFields(string? Name = null, string? Description = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<QueueFields>
    {
        public Rules()
        {
            RuleFor(q => q.Name).NotEmpty().MaximumLength(100);
            RuleFor(q => q.Description).MaximumLength(1_000);
        }
    }
}

public sealed class Queues(IDocuments documents, TimeProvider clock) : CatalogResource<Queue, QueueFields>(documents, clock)
{
    protected override string Path => "/api/queues";

    protected override string Noun => "queue";

    protected override string Kind => Queue.KindName;

    public override JsonTypeInfo<Queue> Type => ServiceJson.Crm.Queue;

    public override JsonTypeInfo<QueueFields> FieldsType => ServiceJson.Crm.QueueFields;

    public override ListShape Shape { get; } = ListShape.Of(ServiceJson.Crm.Queue, ["-createdAt"]);

    protected override string IdOf(Queue value) => value.Id;

    protected override QueueFields FieldsOf(Queue value) => new(value.Name, value.Description);

    protected override Problem? Fault(QueueFields fields) => fields.Fault();

    protected override Queue Make(string id, QueueFields fields, DateTimeOffset now) =>
        Change(new Queue { Id = id, Name = "", CreatedAt = now, ChangedAt = now, SortAt = now }, fields, now);

    protected override Queue Change(Queue value, QueueFields fields, DateTimeOffset now) =>
        value with { Name = fields.Name!, Description = fields.Description, ChangedAt = now };
}
