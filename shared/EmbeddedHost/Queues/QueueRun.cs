using System.Linq.Expressions;
using System.Reflection;
using Crm.Ports;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>Runs the function on one message: success completes it, an exception gives it back at once.</summary>
internal sealed partial class QueueRun(
    FunctionMetadata function,
    FunctionRunner<ReceivedMessage> runner,
    IMessageReceiver receiver,
    Shutdown shutdown,
    Tally tally,
    ILogger logger)
{
    private readonly Trigger.Queue queue = (Trigger.Queue)function.Trigger;

    public async Task Handle(HeldMessage held)
    {
        ReceivedMessage message = held.Message;
        try
        {
            await runner.Run(message, shutdown.Drained);
        }
        catch (Exception e)
        {
            if (!shutdown.Drained.IsCancellationRequested)
            {
                Log.Failed(logger, e, function.Name, message.MessageId, queue.Name, message.DeliveryCount);
                tally.Failed(e);
            }

            // A dead message would come back without end; left locked, it comes back when the lock ends.
            if (!queue.IsDeadLetter || shutdown.Stopping.IsCancellationRequested) await GiveBack(held);
            return;
        }

        tally.Succeeded();
        await Settle(message, () => receiver.Complete(message, CancellationToken.None));
    }

    public Task GiveBack(HeldMessage held) =>
        held.Lost ? Task.CompletedTask : Settle(held.Message, () => receiver.Abandon(held.Message, CancellationToken.None));

    /// <summary>How a queue function's parameters are filled from the message.</summary>
    public static Expression Bind(ParameterInfo parameter, Expression message)
    {
        if (parameter.Position == 0) return Expression.Property(message, nameof(ReceivedMessage.Body));
        MemberExpression enqueued = Expression.Property(message, nameof(ReceivedMessage.EnqueuedAt));
        return parameter.Name!.ToUpperInvariant() switch
        {
            "MESSAGEID" => Expression.Property(message, nameof(ReceivedMessage.MessageId)),
            "DELIVERYCOUNT" => Expression.Property(message, nameof(ReceivedMessage.DeliveryCount)),
            "ENQUEUEDTIMEUTC" when parameter.ParameterType == typeof(DateTime) =>
                Expression.Property(enqueued, nameof(DateTimeOffset.UtcDateTime)),
            "ENQUEUEDTIMEUTC" => enqueued,
            "DEADLETTERREASON" => Expression.Property(message, nameof(ReceivedMessage.DeadLetterReason)),
            "DEADLETTERERRORDESCRIPTION" => Expression.Property(message, nameof(ReceivedMessage.DeadLetterDescription)),
            _ => throw new ArgumentException($"'{parameter.Name}' is no message metadata.", nameof(parameter)),
        };
    }

    private async Task Settle(ReceivedMessage message, Func<ValueTask<bool>> settle)
    {
        try
        {
            if (!await settle()) Log.LockLost(logger, function.Name, message.MessageId, queue.Name);
        }
        catch (Exception e)
        {
            Log.NotSettled(logger, e, function.Name, message.MessageId, queue.Name);
            tally.Failed(e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(31, LogLevel.Error, "{Function} failed on message {MessageId} of {Queue}, delivery {Delivery}")]
        public static partial void Failed(ILogger logger, Exception error, string function, string messageId, string queue, int delivery);

        [LoggerMessage(32, LogLevel.Warning, "{Function} lost the lock of message {MessageId} of {Queue}; it is delivered again")]
        public static partial void LockLost(ILogger logger, string function, string messageId, string queue);

        [LoggerMessage(33, LogLevel.Error, "{Function} could not settle message {MessageId} of {Queue}; it is delivered again")]
        public static partial void NotSettled(ILogger logger, Exception error, string function, string messageId, string queue);
    }
}
