using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Takes one identity off a customer; it is then free for somebody else. If-Match is the customer's ETag. The last by which anybody
/// could call them stays: 409.
/// </summary>
public sealed class RemoveIdentity(IDocuments documents, CustomerWrites writes)
{
    [Function("RemoveIdentity")]
    [OpenApiOperation("removeIdentity", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/customers/{id}/identities/{identityId}")] HttpRequest request,
        string id,
        string identityId,
        CancellationToken token) =>
        await IfMatch.Read(request).Match(
            etag => Remove(id, identityId, etag, token),
            problem => Task.FromResult(Answer.Problem(problem)));

    private async Task<IResult> Remove(string id, string identityId, string etag, CancellationToken token)
    {
        if (await CustomerIds.Find(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such customer."));
        var fields = CustomerFields.Of(stored.Value);
        var gone = fields.Identities().Select(i => i.Identity).Where(i => i.DocumentId == identityId).ToHashSet();
        if (gone.Count == 0) return Answer.Problem(Problems.NotFound("This customer has no such identity."));
        if (stored.ETag != etag) return Answer.Problem(Problems.PreconditionFailed());

        var left = fields.Without(gone);
        if (!left.IsNamed) return Answer.Problem(Problems.Conflict("Nothing would be left to call this customer by. Give a name, an e-mail address or a phone number first."));
        var changed = await writes.Change(stored, left, token);
        return changed.Match(_ => Answer.Empty(), Answer.Problem);
    }
}
