using System.Text.Json;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Customers;

/// <summary>Does one step of an import or an export.</summary>
public sealed class OnJobStep(SplitImport split, ApplyImport apply, RevertImport revert, WriteExport write)
{
    [Function("OnJobStep")]
    public Task Run([ServiceBusTrigger(Queues.Jobs, Connection = "ServiceBus")] string body, CancellationToken token)
    {
        var step = JsonSerializer.Deserialize(body, CustomersJson.Crm.JobStep)!;
        return step.Action switch
        {
            JobAction.Split => split.Run(step.Id, token),
            JobAction.Apply => apply.Run(step.Id, step.Chunk, token),
            JobAction.Revert => revert.Run(step.Id, step.Chunk, token),
            JobAction.Write => write.Run(step.Id, step.Chunk, token),
            _ => throw new InvalidOperationException(step.Action.ToString()),
        };
    }
}
