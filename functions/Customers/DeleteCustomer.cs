using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Takes a customer out of every list and search and frees the addresses; what happened stays, and all comes back with
/// <see cref="RestoreCustomer"/>. This is no erasure.
/// </summary>
public sealed class DeleteCustomer(IDocuments documents, CustomerWrites writes)
{
    [Function("DeleteCustomer")]
    [OpenApiOperation("deleteCustomer", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/customers/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await IfMatch.Read(request).Match(
            etag => Delete(id, etag, token),
            problem => Task.FromResult(Answer.Problem(problem)));

    private async Task<IResult> Delete(string id, string etag, CancellationToken token)
    {
        if (await CustomerIds.Find(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such customer."));
        if (stored.ETag != etag) return Answer.Problem(Problems.PreconditionFailed());
        if (!await writes.Delete(stored, token)) return Answer.Problem(Problems.PreconditionFailed());
        return Answer.Empty();
    }
}
