using System.Globalization;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>The rows that were not taken, in their order, with the reasons.</summary>
public sealed class ListRejectedRows(ImportStore imports)
{
    [Function("ListRejectedRows")]
    [OpenApiOperation("listRejectedRows", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/imports/{id}/rejected")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await ListRequest.Read(request).Match(
            async list =>
            {
                if (await imports.Find(id, token) is not { } import) return Answer.Problem(Problems.NotFound("There is no such import."));
                var (rows, next) = await Page(import.Value, list, token);
                return Answer.Page(rows, list.Next(next), CustomersJson.Crm.RejectedRow, list);
            },
            problem => Task.FromResult(Answer.Problem(problem)));

    /// <summary>A position is the last row shown: rows are in their order across chunks.</summary>
    private async Task<(IReadOnlyList<RejectedRow>, string?)> Page(Import import, ListRequest list, CancellationToken token)
    {
        var after = list.Position is { } position ? int.Parse(position, CultureInfo.InvariantCulture) : 0;
        var rows = new List<RejectedRow>();
        var begins = 0;
        for (var number = 0; number < import.Chunks && rows.Count <= list.Limit; number++)
        {
            if (await imports.Chunk(import, number, token) is not { } chunk) continue;
            begins += chunk.Value.Counts.Rows;
            if (begins > after) rows.AddRange(chunk.Value.Rejected.OrderBy(r => r.Row).Where(r => r.Row > after));
        }
        return rows.Count > list.Limit ? (rows[..list.Limit], rows[list.Limit - 1].Row.ToString(CultureInfo.InvariantCulture)) : (rows, null);
    }
}
