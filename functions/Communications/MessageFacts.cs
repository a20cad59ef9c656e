using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// What is known of a message by one of its names, kept apart from it: a fact that comes before its message waits here. Every part
/// only moves forward, so that order and repeats change nothing.
/// </summary>
public sealed record MessageFacts(string Id, string CustomerId, string Kind)
{
    public const string KindName = "message-facts";

    public DeliveryStatus? Status { get; init; }

    public DateTimeOffset? StatusAt { get; init; }

    public MessageEdit? Edit { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }

    public static DocumentKey KeyOf(string customerId, string name) => new(Containers.Customers, customerId, $"{KindName}.{Kernel.Ids.Of(name)}");

    /// <summary>Null where the activity says nothing about a message.</summary>
    public static MessageFacts? Of(Activity activity, DocumentKey key)
    {
        var none = new MessageFacts(key.Id, key.Partition, KindName);
        if (StatusOf(activity) is { } status) return none with { Status = status, StatusAt = activity.OccurredAt };
        return activity.Type switch
        {
            "message.edited" => none with { Edit = new MessageEdit(activity.OccurredAt, activity.Text ?? "") },
            "message.deleted" => none with { DeletedAt = activity.OccurredAt },
            _ => null,
        };
    }

    public MessageFacts And(MessageFacts other)
    {
        // Of two reports of one status, the earlier says when it was reached.
        var theirs = other.Status is not null && (Status is null || other.Status > Status || (other.Status == Status && other.StatusAt < StatusAt));
        var later = other.Edit is { } edit && (Edit is null || edit.At > Edit.At || (edit.At == Edit.At && string.CompareOrdinal(edit.Text, Edit.Text) > 0));
        return this with
        {
            Status = theirs ? other.Status : Status,
            StatusAt = theirs ? other.StatusAt : StatusAt,
            Edit = later ? other.Edit : Edit,
            DeletedAt = DeletedAt is null || other.DeletedAt < DeletedAt ? other.DeletedAt ?? DeletedAt : DeletedAt,
        };
    }

    private static DeliveryStatus? StatusOf(Activity activity) => activity.Type switch
    {
        "message.sent" => DeliveryStatus.Sent,
        "message.deferred" => DeliveryStatus.Deferred,
        "message.delivered" => DeliveryStatus.Delivered,
        "message.failed" => DeliveryStatus.Failed,
        "message.bounced" => DeliveryStatus.Bounced,
        // A machine that opens shows that it arrived, and no more.
        "message.opened" => activity.Engagement?.IsMachine == true ? DeliveryStatus.Delivered : DeliveryStatus.Opened,
        "message.read" => DeliveryStatus.Opened,
        "message.clicked" => DeliveryStatus.Clicked,
        "message.complained" => DeliveryStatus.Complained,
        _ => null,
    };
}

public sealed record MessageEdit(DateTimeOffset At, string Text);

/// <summary>
/// In the order in which a message's status moves, never back: a bounce may follow a delivery (the next server refused it), and
/// who reads was reached, whatever a server said.
/// </summary>
public enum DeliveryStatus
{
    Sent,
    Deferred,
    Delivered,
    Failed,
    Bounced,
    Opened,
    Clicked,
    Complained,
}
