using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using FluentValidation;

namespace Crm.Marketing.Events;

/// <summary>One marketing event as the company's own tools post it.</summary>
/// <param name="Id">The caller's own: the same id is the same event, whenever it comes.</param>
/// <param name="Type">A name of the event catalogue, or any other.</param>
/// <param name="OccurredAt">Missing, or more than a day ahead: the time of receipt stands in.</param>
/// <param name="Properties">An object of at most 32 kB.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EventFields(
    string? Id = null,
    string? Type = null,
    EventCustomer? Customer = null,
    DateTimeOffset? OccurredAt = null,
    JsonElement? Properties = null,
    EventCampaign? Campaign = null,
    string? Url = null,
    Channel? Channel = null)
{
    public const int MaxType = 200;

    private const int MaxProperties = 32 * 1024;
    private const int MaxAddress = 500;

    public Problem? Fault() => new Rules().Check(this);

    public PostedEvent Posted(DateTimeOffset receivedAt) => new()
    {
        Id = Id!,
        Type = Type!,
        CustomerId = Customer!.CustomerId,
        Customer = Customer.Identity(),
        CustomerName = Customer.Name,
        OccurredAt = OccurredAt,
        ReceivedAt = receivedAt,
        Channel = Channel ?? Model.Channel.Other,
        Engagement = Campaign is null && Url is null ? null : new Engagement { CampaignId = Campaign?.Id, CampaignName = Campaign?.Name, Url = Url },
        Properties = Properties,
    };

    private sealed class Rules : AbstractValidator<EventFields>
    {
        public Rules()
        {
            RuleFor(e => e.Id).NotEmpty().MaximumLength(200);
            RuleFor(e => e.Type).NotEmpty().MaximumLength(MaxType);
            RuleFor(e => e.Customer).NotNull();
            When(e => e.Customer is not null, () =>
            {
                RuleFor(e => e.Customer!.Name).MaximumLength(200);
                RuleFor(e => e.Customer!.CustomerId).MaximumLength(MaxAddress);
                RuleFor(e => e.Customer!.Email).MaximumLength(MaxAddress);
                RuleFor(e => e.Customer!.Phone).MaximumLength(MaxAddress);
                RuleFor(e => e.Customer!.ExternalId).MaximumLength(MaxAddress);
            });
            RuleFor(e => e.Customer).Must(c => c is null || c.Given == 1).WithMessage("expected exactly one of customerId, email, phone and externalId");
            RuleFor(e => e.Properties).Must(p => p is not { } given || given.ValueKind == JsonValueKind.Object).WithMessage("expected an object");
            RuleFor(e => e.Properties).Must(p => p is not { } given || JsonMarshal.GetRawUtf8Value(given).Length <= MaxProperties).WithMessage($"expected at most {MaxProperties / 1024} kB");
            RuleFor(e => e.Campaign!.Id).MaximumLength(CampaignName.MaxLength).When(e => e.Campaign is not null);
            RuleFor(e => e.Campaign!.Name).MaximumLength(CampaignName.MaxLength).When(e => e.Campaign is not null);
            RuleFor(e => e.Url).MaximumLength(2_000);
        }
    }
}

/// <summary>Whose event it is: one of ours by id, or by an address, or by the company's own name for the person.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EventCustomer(string? CustomerId = null, string? Email = null, string? Phone = null, string? ExternalId = null, string? Name = null)
{
    [JsonIgnore]
    public int Given => new[] { CustomerId, Email, Phone, ExternalId }.Count(v => v is not null);

    /// <summary>Null for an id of ours, and for an address that is none.</summary>
    public Identity? Identity() => Model.Identity.Email(Email) ?? Model.Identity.Phone(Phone) ?? Model.Identity.External("api", ExternalId);

    /// <summary>The name of the one that is given.</summary>
    public string Field() => CustomerId is not null ? "customerId" : Email is not null ? "email" : Phone is not null ? "phone" : "externalId";
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EventCampaign(string? Id = null, string? Name = null);

/// <param name="Id">The activity's: <c>/api/events/{id}/trail</c> tells the rest.</param>
/// <param name="EventId">The caller's own.</param>
public sealed record EventAnswer(string Id, string EventId, string CustomerId);
