using Crm.Kernel;
using Crm.Model;

namespace Crm.Communications;

/// <summary>What a list of conversations is narrowed to.</summary>
public sealed record ConversationFilter(string? CustomerId, ConversationStatus? Status, Channel? Channel, string? Assignee)
{
    public bool IsEmpty => this == new ConversationFilter(null, null, null, null);

    public static Outcome<ConversationFilter> Read(ListRequest list)
    {
        var errors = new List<FieldError>();
        var filter = new ConversationFilter(list.Filters.GetValueOrDefault("customerId"), list.Word<ConversationStatus>("status", errors), list.Word<Channel>("channel", errors), list.Filters.GetValueOrDefault("assignee"));
        if (filter.CustomerId is { } id && Ids.TimeOf(id) is null) errors.Add(FieldError.In("customerId", "expected the id of a customer"));
        return errors.Count > 0 ? Problems.Invalid(errors) : filter;
    }

    public bool Holds(Conversation one) =>
        (CustomerId is null || one.CustomerId == CustomerId)
        && (Status is null || one.Status == Status)
        && (Channel is null || one.Channel == Channel)
        && (Assignee is null || one.Assignee == Assignee);
}
