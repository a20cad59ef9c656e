namespace Crm.Ports;

/// <summary>
/// Queues, as Service Bus keeps them: delivered at least once, in no promised order. A message is a pointer to documents.
/// </summary>
public interface IMessages
{
    /// <summary>
    /// Durable when it returns; all messages or none. A message with <see cref="OutgoingMessage.DueAt"/> is delivered
    /// no earlier than that. A body over <see cref="Limits.MessageBytes"/> throws <see cref="ArgumentException"/>.
    /// </summary>
    ValueTask Send(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken token);
}

/// <param name="MessageId">For logs and duplicate detection; receivers may see one id twice all the same. Null: a new one.</param>
/// <param name="DueAt">Null: at once.</param>
public sealed record OutgoingMessage(string Body, string? MessageId = null, DateTimeOffset? DueAt = null);

public static class Queues
{
    /// <summary>Pointers to activities whose text is to be analysed.</summary>
    public const string Analysis = "analysis";

    /// <summary>Pointers to customers whose share of campaigns' funnels is to be computed.</summary>
    public const string Funnels = "funnels";

    /// <summary>Pages of recipients of a campaign whose names or goal were changed.</summary>
    public const string FunnelRebuilds = "funnel-rebuilds";

    /// <summary>Pages of failed events that are tried again.</summary>
    public const string EventReplays = "event-replays";

    /// <summary>Pointers to versions of models that are to be trained.</summary>
    public const string ModelTraining = "model-training";

    /// <summary>Steps of imports and exports.</summary>
    public const string Jobs = "jobs";

    /// <summary>Every queue of the product.</summary>
    public static IReadOnlyList<string> All { get; } = [Analysis, Funnels, FunnelRebuilds, EventReplays, ModelTraining, Jobs];

    /// <summary>Where a queue's dead messages wait, by Service Bus's own path.</summary>
    public static string DeadLettersOf(string queue) => queue + "/$DeadLetterQueue";
}
