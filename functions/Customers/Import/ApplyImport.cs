using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// Takes one chunk in: what each row finds is written down first, then the rows are written. A repeat finds its own customers and
/// changes nothing twice.
/// </summary>
public sealed class ApplyImport(ImportStore imports, CustomerWrites writes, CustomerDirectory directory, IDocuments documents, Company company)
{
    private const int AtOnce = 64;
    private const int Tries = 5;

    public async Task Run(string id, int number, CancellationToken token)
    {
        if (await imports.Find(id, token) is not { Value.State: ImportState.Running } stored || await imports.Chunk(stored.Value, number, token) is not { } chunk) return;
        var import = stored.Value;
        if (chunk.Value.State == ImportChunkState.Validated)
        {
            var rows = await imports.ReadLines(import.ChunkBlob(number), CustomersJson.Crm.ImportRow, token) ?? throw new InvalidDataException("A chunk's rows are gone.");
            var before = await Before(import, number, rows, token);
            var (counts, refused) = await Write(import, rows, before, token);
            await imports.Put(chunk.Value with { State = ImportChunkState.Applied, Counts = chunk.Value.Counts + counts, Rejected = [.. chunk.Value.Rejected, .. refused] }, token);
        }
        if (await imports.AnyIs(import, ImportChunkState.Validated, token)) return;
        var (sum, all) = await imports.Progress(import, ImportChunkState.Applied, token);
        if (all) await imports.Change(id, i => i.State == ImportState.Running ? i with { State = ImportState.Done, Counts = sum } : i, token);
    }

    /// <summary>The row's fields on what is there: single values replace, lists grow, and what the row does not say stays.</summary>
    public static CustomerFields Merge(CustomerFields there, CustomerFields row) => new(
        row.Name ?? there.Name,
        Joined(there.Emails, row.Emails),
        Joined(there.Phones, row.Phones),
        Joined(there.Handles, row.Handles),
        row.ExternalId ?? there.ExternalId,
        row.CompanyId ?? there.CompanyId,
        row.Addresses is null ? there.Addresses : [.. (there.Addresses ?? []).Concat(row.Addresses).DistinctBy(a => JsonSerializer.Serialize(a, ModelJson.Crm.PostalAddress))],
        row.Owner ?? there.Owner,
        row.Language ?? there.Language,
        Joined(there.Tags, row.Tags),
        row.Notes ?? there.Notes,
        Joined(there.Custom, row.Custom));

    public static bool Same(CustomerFields one, CustomerFields other) =>
        JsonSerializer.Serialize(one, CustomersJson.Crm.CustomerFields) == JsonSerializer.Serialize(other, CustomersJson.Crm.CustomerFields);

    /// <summary>The customer with the row's own key, or else with its first address that is somebody's without another key.</summary>
    public async Task<Stored<Customer>?> Find(CustomerFields row, CancellationToken token)
    {
        var fields = row.Normal(company.Region);
        if (Identity.Own(fields.ExternalId) is { } own && await directory.Find(own, token) is { } named) return named;
        foreach (var (identity, _) in fields.Identities().Where(i => i.Identity.Type == "email"))
        {
            if (await directory.Find(identity, token) is { } found && (fields.ExternalId is null || found.Value.ExternalId is null)) return found;
        }
        return null;
    }

    private async Task<Dictionary<int, ImportBefore>> Before(Import import, int number, List<ImportRow> rows, CancellationToken token)
    {
        if (await imports.ReadLines(import.UndoBlob(number), CustomersJson.Crm.ImportBefore, token) is not { } before)
        {
            var found = new ImportBefore[rows.Count];
            await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token }, async (i, cancel) =>
            {
                var customer = await Find(rows[i].Fields, cancel);
                found[i] = new ImportBefore(rows[i].Row, customer?.Value.Id, customer is null ? null : CustomerFields.Of(customer.Value));
            });
            await imports.WriteLines(import.UndoBlob(number), found, CustomersJson.Crm.ImportBefore, token);
            // Another try may have written it first.
            before = (await imports.ReadLines(import.UndoBlob(number), CustomersJson.Crm.ImportBefore, token))!;
        }
        return before.ToDictionary(b => b.Row);
    }

    private async Task<(ImportCounts, IReadOnlyList<RejectedRow>)> Write(Import import, List<ImportRow> rows, Dictionary<int, ImportBefore> before, CancellationToken token)
    {
        var results = new ConcurrentDictionary<int, (ImportCounts Count, RejectedRow? Refused)>();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token }, async (row, cancel) =>
            results[row.Row] = await Write(import, row, before[row.Row], cancel));
        return (results.Values.Aggregate(new ImportCounts(), (sum, r) => sum + r.Count), [.. results.OrderBy(r => r.Key).Select(r => r.Value.Refused).OfType<RejectedRow>()]);
    }

    private async Task<(ImportCounts, RejectedRow?)> Write(Import import, ImportRow row, ImportBefore before, CancellationToken token)
    {
        var own = import.CustomerIdOf(row.Row);
        Problem? refused = null;
        for (var i = 0; i < Tries; i++)
        {
            // Who was nobody's a moment ago is made at once; the directory refuses what has become somebody's.
            var isNew = before.CustomerId is null && i == 0;
            if (!isNew && await CustomerIds.FindAny(documents, own, token) is not null) return (new ImportCounts(Created: 1), null);
            if (isNew || await Find(row.Fields, token) is not { } found)
            {
                var made = await writes.Create(own, row.Fields, "import", token);
                if (made is Outcome<Stored<Customer>>.Done) return (new ImportCounts(Created: 1), null);
                refused = ((Outcome<Stored<Customer>>.Refused)made).Problem;
            }
            else
            {
                var there = CustomerFields.Of(found.Value);
                var after = Merge(there, row.Fields.Normal(company.Region)).Normal(company.Region);
                if (Same(there, after))
                {
                    var wasChanged = before.Fields is { } first && !Same(first, after);
                    return (wasChanged ? new ImportCounts(Changed: 1) : new ImportCounts(Unchanged: 1), null);
                }
                var changed = await writes.Change(found, after, token);
                if (changed is Outcome<Stored<Customer>>.Done) return (new ImportCounts(Changed: 1), null);
                refused = ((Outcome<Stored<Customer>>.Refused)changed).Problem;
            }
            if (refused.Status is not (409 or 412)) break;
        }
        return (new ImportCounts(Refused: 1), new RejectedRow(row.Row, refused!.Errors ?? [FieldError.At("", refused.Detail ?? refused.Title)], row.Text));
    }

    // A row's list of nothing says nothing: Normal made it of an empty cell.
    private static IReadOnlyList<string>? Joined(IReadOnlyList<string>? there, IReadOnlyList<string>? row) => row is null or [] ? there : [.. (there ?? []).Concat(row).Distinct()];

    private static JsonElement? Joined(JsonElement? there, JsonElement? row)
    {
        if (row is not { ValueKind: JsonValueKind.Object } added) return there;
        var all = there is { ValueKind: JsonValueKind.Object } held ? System.Text.Json.Nodes.JsonObject.Create(held)! : [];
        foreach (var value in added.EnumerateObject()) all[value.Name] = System.Text.Json.Nodes.JsonNode.Parse(value.Value.GetRawText());
        return JsonSerializer.SerializeToElement(all, CustomersJson.Crm.JsonObject);
    }
}
