using System.Text.Json;
using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Customers;

/// <summary>A step that failed at every delivery: the job says so, and the step is kept as a dead letter.</summary>
public sealed class OnJobDeadLettered(IDeadLetters deadLetters, ImportStore imports, IDocuments documents, TimeProvider clock)
{
    [Function("OnJobDeadLettered")]
    public async Task Run([ServiceBusTrigger(Queues.Jobs + "/$DeadLetterQueue", Connection = "ServiceBus")] string body, string messageId, CancellationToken token)
    {
        var step = JsonSerializer.Deserialize(body, CustomersJson.Crm.JobStep)!;
        var error = FormattableString.Invariant($"The step {step.Action.ToString().ToLowerInvariant()} of part {step.Chunk} failed at every delivery.");
        if (step.Kind == Import.KindName) await imports.Change(step.Id, i => i.IsAtWork ? i with { State = ImportState.Failed, Error = error } : i, token);
        else if (await documents.Get(Export.KeyOf(step.Id), CustomersJson.Crm.Export, token) is { Value.State: ExportState.Running } export)
            await documents.Put(Export.KeyOf(step.Id), export.Value with { State = ExportState.Failed, Error = error, ChangedAt = clock.GetUtcNow() }, CustomersJson.Crm.Export, token, Precondition.Match(export.ETag));
        await deadLetters.Keep(new DeadLetter("queue", Queues.Jobs, messageId, "gave-up", error, body), token);
    }
}
