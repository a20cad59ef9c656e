using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>A JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeCustomer(IDocuments documents, CustomerWrites writes)
{
    [Function("ChangeCustomer")]
    [OpenApiOperation("changeCustomer", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/customers/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        return await IfMatch.Read(request).Match(
            async etag =>
            {
                var read = await JsonBody.Read(request, CustomersJson.Crm.JsonObject, token, "application/merge-patch+json");
                return await read.Match(patch => Change(id, etag, patch, token), problem => Task.FromResult(Answer.Problem(problem)));
            },
            problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Change(string id, string etag, JsonObject patch, CancellationToken token)
    {
        if (await CustomerIds.Find(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such customer."));
        if (stored.ETag != etag) return Answer.Problem(Problems.PreconditionFailed());

        var patched = MergePatch.Apply(JsonSerializer.SerializeToNode(CustomerFields.Of(stored.Value), CustomersJson.Crm.CustomerFields), patch);
        var read = JsonBody.Parse(JsonSerializer.SerializeToUtf8Bytes(patched, CustomersJson.Crm.JsonNode), CustomersJson.Crm.CustomerFields);
        return await read.Match(async fields =>
        {
            var changed = await writes.Change(stored, fields, token);
            return changed.Match(c => Answer.Json(c.Value, ModelJson.Crm.Customer, etag: c.ETag), Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
