using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Analysis.Models;

/// <summary>A training that was given up, kept so that it can be looked at and tried again.</summary>
public sealed class OnModelTrainingDeadLettered(IDeadLetters deadLetters)
{
    [Function("OnModelTrainingDeadLettered")]
    public Task Run(
        [ServiceBusTrigger(Queues.ModelTraining + "/$DeadLetterQueue", Connection = "ServiceBus")] string body, string messageId, CancellationToken token) =>
        deadLetters.Keep(new DeadLetter("queue", Queues.ModelTraining, messageId, "gave-up", "The training failed at every delivery.", body), token);
}
