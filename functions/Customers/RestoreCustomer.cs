using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Brings a deleted customer back with the addresses. Those that became somebody else's meanwhile are a 409 that names them, or are left
/// out where the request says so.
/// </summary>
public sealed class RestoreCustomer(IDocuments documents, CustomerDirectory directory, BlockedIdentities blocked, TimeProvider clock)
{
    [Function("RestoreCustomer")]
    [OpenApiOperation("restoreCustomer", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/customers/{id}/restore")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, CustomersJson.Crm.Restoration, token);
        return await read.Match(async wish =>
        {
            if (await CustomerIds.FindAny(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such customer."));
            if (stored.Value.DeletedAt is null) return Answer.Json(stored.Value, ModelJson.Crm.Customer, etag: stored.ETag);
            return await Restore(stored, wish.WithoutTakenAddresses, token);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Restore(Stored<Customer> stored, bool withoutTaken, CancellationToken token)
    {
        var id = stored.Value.Id;
        var now = clock.GetUtcNow();
        var fields = CustomerFields.Of(stored.Value);
        var taken = new List<(Identity Identity, string Pointer, string Owner)>();
        foreach (var (identity, pointer) in fields.Claims(blocked))
        {
            if (await directory.Find(identity, token) is { } owner && owner.Value.Id != id) taken.Add((identity, pointer, owner.Value.Id));
        }
        if (taken.Count > 0 && !withoutTaken)
        {
            return Answer.Problem(Problems.Conflict("Addresses of this customer have become somebody else's. Take them off there, or restore without them.") with
            {
                Errors = [.. taken.Select(t => FieldError.At(t.Pointer, $"{t.Identity.Value} belongs to customer {t.Owner}"))],
            });
        }

        fields = fields.Without(taken.Select(t => t.Identity).ToHashSet());
        var claimed = await CustomerIdentities.Claim(documents, directory, fields.Claims(blocked), id, isNew: false, now, token);
        if (claimed is Outcome<string>.Refused refused) return Answer.Problem(refused.Problem);
        var restored = fields.On(stored.Value).Restore(now);
        return await documents.Put(CustomerDirectory.KeyOf(id), restored, ModelJson.Crm.Customer, token, Precondition.Match(stored.ETag)) is WriteOutcome.Written written
            ? Answer.Json(restored, ModelJson.Crm.Customer, etag: written.ETag)
            : Answer.Problem(Problems.Conflict("The customer changed at this moment. Read and try again."));
    }
}

/// <param name="WithoutTakenAddresses">Leave out what became somebody else's, instead of refusing.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Restoration(bool WithoutTakenAddresses = false);
