using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using CsvHelper;

namespace Crm.Customers;

/// <summary>Writes one part and remembers where the next begins; the change of the document asks for it.</summary>
public sealed class WriteExport(CustomerPages customers, IDocuments documents, IBlobs blobs, TimeProvider clock)
{
    private const int PageSize = 200;
    private const int PagesInPart = 10;

    public async Task Run(string id, int part, CancellationToken token)
    {
        if (await documents.Get(Export.KeyOf(id), CustomersJson.Crm.Export, token) is not { Value.State: ExportState.Running } stored || stored.Value.Parts != part) return;
        var export = stored.Value;
        var (rows, position) = (new List<Customer>(), export.Position);
        var pages = 0;
        do
        {
            var page = await customers.Page(RequestOf(export, position), token);
            var (items, next) = page.Match(p => (p.Items, p.NextCursor), problem => throw new InvalidOperationException(problem.Title));
            rows.AddRange(items);
            position = next is null ? null : Cursor.Read(QueryOf(export), next);
        }
        while (position is not null && ++pages < PagesInPart);

        using var bytes = new MemoryStream();
        if (export.Format == "csv") WriteCsv(bytes, rows);
        else WriteLines(bytes, rows);
        bytes.Position = 0;
        // The same part again, after a crash, takes the place of the first.
        await blobs.Put(export.PartBlob(part), bytes, "application/octet-stream", default, token);
        var after = export with { Parts = part + 1, Rows = export.Rows + rows.Count, Position = position, State = position is null ? ExportState.Done : ExportState.Running, ChangedAt = clock.GetUtcNow() };
        await documents.Put(Export.KeyOf(id), after, CustomersJson.Crm.Export, token, Precondition.Match(stored.ETag));
    }

    /// <summary>Oldest first, up to the moment of the order: who comes meanwhile moves nothing.</summary>
    private static ListRequest RequestOf(Export export, string? position)
    {
        var filters = new Dictionary<string, string> { ["createdAt[lt]"] = UtcTimestamps.Text(export.CreatedAt.AddMilliseconds(1)) };
        foreach (var (name, value) in new[] { ("owner", export.Owner), ("companyId", export.CompanyId), ("tag", export.Tag), ("language", export.Language) })
        {
            if (value is not null) filters[name] = value;
        }
        return new ListRequest(PageSize, position, filters, QueryOf(export)) { Sort = new ListSort("createdAt", false) };
    }

    private static string QueryOf(Export export) => "export:" + export.Id;

    private static void WriteLines(MemoryStream bytes, List<Customer> rows)
    {
        foreach (var row in rows)
        {
            JsonSerializer.Serialize(bytes, row, ModelJson.Crm.Customer);
            bytes.WriteByte((byte)'\n');
        }
    }

    private static void WriteCsv(MemoryStream bytes, List<Customer> rows)
    {
        using var csv = CsvWriter.Create(bytes, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        foreach (var row in rows) csv.WriteRecord([.. ExportColumns.All.Select(c => c.Value(row) ?? "")]);
    }
}
