using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// Takes one chunk back, the last row first: who was made is deleted, who was changed is as before. What somebody has changed since is
/// left, and told.
/// </summary>
public sealed class RevertImport(ImportStore imports, CustomerWrites writes, IDocuments documents, IMessages messages, Company company)
{
    public async Task Run(string id, int number, CancellationToken token)
    {
        if (await imports.Find(id, token) is not { Value.State: ImportState.Reverting } stored) return;
        var import = stored.Value;
        if (number >= 0 && await imports.Chunk(import, number, token) is { } chunk)
        {
            if (chunk.Value.State != ImportChunkState.Reverted)
                await imports.Put(chunk.Value with { State = ImportChunkState.Reverted, Counts = chunk.Value.Counts + await Revert(import, number, token) }, token);
            if (number > 0)
            {
                var next = new JobStep(Import.KindName, id, JobAction.Revert, number - 1);
                await messages.Send(Queues.Jobs, [new OutgoingMessage(JsonSerializer.Serialize(next, CustomersJson.Crm.JobStep))], token);
                return;
            }
        }
        var (sum, _) = await imports.Progress(import, ImportChunkState.Reverted, token);
        await imports.Change(id, i => i.State == ImportState.Reverting ? i with { State = ImportState.Reverted, Counts = sum } : i, token);
    }

    private async Task<ImportCounts> Revert(Import import, int number, CancellationToken token)
    {
        // A chunk that was never begun has found nobody.
        if (await imports.ReadLines(import.UndoBlob(number), CustomersJson.Crm.ImportBefore, token) is not { } before) return new ImportCounts();
        var rows = (await imports.ReadLines(import.ChunkBlob(number), CustomersJson.Crm.ImportRow, token) ?? []).ToDictionary(r => r.Row);
        var counts = new ImportCounts();
        foreach (var one in before.OrderByDescending(b => b.Row)) counts += await Revert(import, rows[one.Row].Fields.Normal(company.Region), one, token);
        return counts;
    }

    private async Task<ImportCounts> Revert(Import import, CustomerFields row, ImportBefore before, CancellationToken token)
    {
        if (await CustomerIds.FindAny(documents, import.CustomerIdOf(before.Row), token) is { } made)
        {
            if (made.Value.DeletedAt is not null) return new ImportCounts(Deleted: 1);
            if (!ApplyImport.Same(CustomerFields.Of(made.Value), Whole(new CustomerFields(), row))) return new ImportCounts(Left: 1);
            return await writes.Delete(made, token) ? new ImportCounts(Deleted: 1) : new ImportCounts(Left: 1);
        }
        if (before.CustomerId is not { } id || before.Fields is not { } fields || await CustomerIds.Find(documents, id, token) is not { } found) return new ImportCounts();
        var there = CustomerFields.Of(found.Value);
        var written = Whole(fields, row);
        if (ApplyImport.Same(written, fields)) return new ImportCounts();
        if (ApplyImport.Same(there, fields)) return new ImportCounts(Restored: 1);
        if (!ApplyImport.Same(there, written)) return new ImportCounts(Left: 1);
        return await writes.Change(found, fields, token) is Outcome<Stored<Customer>>.Done ? new ImportCounts(Restored: 1) : new ImportCounts(Left: 1);
    }

    /// <summary>As a customer's document would say it.</summary>
    private CustomerFields Whole(CustomerFields there, CustomerFields row) => CustomerFields.Of(ApplyImport.Merge(there, row).Normal(company.Region)
        .On(new Customer { Id = "", CustomerId = "", CreatedAt = default, ChangedAt = default, Source = "" }));
}
