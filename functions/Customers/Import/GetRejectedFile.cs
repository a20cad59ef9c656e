using Crm.Kernel;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>The rows that were not taken as a CSV file: the row's number, the reasons, and the row as it stood in the file.</summary>
public sealed class GetRejectedFile(ImportStore imports)
{
    [Function("GetRejectedFile")]
    [OpenApiOperation("getRejectedFile", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/imports/{id}/rejected-file")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        if (await imports.Find(id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such import."));
        var bytes = new MemoryStream();
        await using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteHeader(["row", "reasons", "text"]);
            await foreach (var chunk in imports.Chunks(stored.Value, token))
            {
                foreach (var row in chunk.Rejected.OrderBy(r => r.Row))
                {
                    csv.WriteField(row.Row);
                    csv.WriteField(string.Join("; ", row.Errors.Select(e => $"{e.Pointer} {e.Detail}".Trim())));
                    csv.WriteField(row.Text);
                    csv.EndRecord();
                }
            }
        }
        bytes.Position = 0;
        return Answer.Stream(bytes, "text/csv; charset=utf-8", stored.ETag, bytes.Length, $"import-{id}-rejected.csv");
    }
}
