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
public sealed class ChangeCustomer(IDocuments documents, CustomerDirectory directory, TimeProvider clock)
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

        var before = CustomerFields.Of(stored.Value);
        var patched = MergePatch.Apply(JsonSerializer.SerializeToNode(before, CustomersJson.Crm.CustomerFields), patch);
        var read = JsonBody.Parse(JsonSerializer.SerializeToUtf8Bytes(patched, CustomersJson.Crm.JsonNode), CustomersJson.Crm.CustomerFields);
        return await read.Match(
            fields => fields.Fault() is { } fault ? Task.FromResult(Answer.Problem(fault)) : Write(stored, before, fields, token),
            problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Write(Stored<Customer> stored, CustomerFields before, CustomerFields fields, CancellationToken token)
    {
        var id = stored.Value.Id;
        var now = clock.GetUtcNow();
        var kept = before.Identities().Select(i => i.Identity).ToHashSet();
        var added = fields.Identities().Where(i => !kept.Contains(i.Identity)).ToList();
        if (await CustomerIdentities.Claim(documents, directory, added, id, now, token) is Outcome<string>.Refused refused) return Answer.Problem(refused.Problem);

        var changed = fields.On(stored.Value) with { ChangedAt = now };
        var outcome = await documents.Put(CustomerDirectory.KeyOf(id), changed, ModelJson.Crm.Customer, token, Precondition.Match(stored.ETag));
        if (outcome is not WriteOutcome.Written)
        {
            await CustomerIdentities.Release(documents, added.Select(a => a.Identity), token);
            return outcome.Match(_ => throw new InvalidOperationException(), Lost, Lost, Lost, _ => Answer.Problem(Problems.TooLarge(Limits.DocumentBytes)));
        }
        // An address that was taken off is free for somebody else.
        await CustomerIdentities.Release(documents, kept.Except(fields.Identities().Select(i => i.Identity)), token);
        return Answer.Json(changed, ModelJson.Crm.Customer, etag: ((WriteOutcome.Written)outcome).ETag);

        static IResult Lost() => Answer.Problem(Problems.PreconditionFailed());
    }
}
