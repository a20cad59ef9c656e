using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>By what a customer is known: each address with the key that it is compared by.</summary>
public sealed class ListIdentities(IDocuments documents, BlockedIdentities blocked)
{
    [Function("ListIdentities")]
    [OpenApiOperation("listIdentities", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/customers/{id}/identities")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await ListRequest.Read(request).Match(
            async list =>
            {
                if (await CustomerIds.Find(documents, id, token) is not { } customer) return Answer.Problem(Problems.NotFound("There is no such customer."));
                var known = CustomerFields.Of(customer.Value).Identities().Select(i => KnownIdentity.Of(i.Identity, blocked)).ToList();
                return Answer.Page(known, null, CustomersJson.Crm.KnownIdentity, list);
            },
            problem => Task.FromResult(Answer.Problem(problem)));
}

/// <param name="Id">By which it is taken off; the same for whatever is compared as the same.</param>
/// <param name="Type"><c>email</c>, <c>phone</c>, <c>external</c> (a sender's name of them) or <c>own</c> (the company's key).</param>
/// <param name="Address">What to write to.</param>
/// <param name="Key">What is compared.</param>
/// <param name="IsBlocked">Carried, but nobody is known by it.</param>
public sealed record KnownIdentity(string Id, string Type, string Address, string Key, bool IsBlocked)
{
    public static KnownIdentity Of(Identity identity, BlockedIdentities blocked) =>
        new(identity.DocumentId, identity.Type, identity.Address, identity.Value, blocked.Holds(identity));
}
