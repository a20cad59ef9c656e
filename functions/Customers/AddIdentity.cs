using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Adds one address, number, handle or own key to whatever the customer has at this moment: 201 with the customer's new ETag, also
/// where it was there already. One that is somebody else's is a 409 that names whose.
/// </summary>
public sealed class AddIdentity(IDocuments documents, CustomerWrites writes, BlockedIdentities blocked, Company company)
{
    private const int Tries = 5;

    [Function("AddIdentity")]
    [OpenApiOperation("addIdentity", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/customers/{id}/identities")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, CustomersJson.Crm.NewIdentity, token);
        return await read.Match(
            given => given.Read(company.Region).Match(identity => Add(id, identity, token), problem => Task.FromResult(Answer.Problem(problem))),
            problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Add(string id, Identity identity, CancellationToken token)
    {
        for (var tried = 0; tried < Tries; tried++)
        {
            if (await CustomerIds.Find(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such customer."));
            var fields = CustomerFields.Of(stored.Value);
            if (fields.Identities().Any(i => i.Identity == identity)) return Added(stored);
            if (identity.Type == "own" && stored.Value.ExternalId is not null)
                return Answer.Problem(Problems.Conflict("This customer has an own key already. Take it off first, or change the customer's externalId."));

            var changed = await writes.Change(stored, fields.With(identity), token);
            if (changed is Outcome<Stored<Customer>>.Refused { Problem.Status: StatusCodes.Status412PreconditionFailed }) continue;
            return changed.Match(Added, problem => Answer.Problem(NewIdentity.InItsPlace(problem)));
        }
        return Answer.Problem(Problems.Conflict("The customer is being changed by others at this moment. Try again."));

        IResult Added(Stored<Customer> customer) =>
            Answer.Json(KnownIdentity.Of(identity, blocked), CustomersJson.Crm.KnownIdentity, StatusCodes.Status201Created, customer.ETag, $"/api/customers/{id}/identities");
    }
}
