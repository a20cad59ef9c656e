using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Adds a person that the caller knows. An address that is somebody's already is refused, naming whose.</summary>
public sealed class CreateCustomer(IDocuments documents, CustomerDirectory directory, TimeProvider clock)
{
    [Function("CreateCustomer")]
    [OpenApiOperation("createCustomer", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/customers")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, CustomersJson.Crm.CustomerFields, token);
        return await read.Match(
            fields => fields.Fault() is { } fault ? Task.FromResult(Answer.Problem(fault)) : Create(fields, NewIds.Of(request.HttpContext, clock), token),
            problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Create(CustomerFields fields, string id, CancellationToken token)
    {
        // An earlier try of this same request has written it.
        if (await documents.Get(CustomerDirectory.KeyOf(id), ModelJson.Crm.Customer, token) is { } earlier) return Created(earlier.Value, earlier.ETag);

        var now = clock.GetUtcNow();
        var claimed = await CustomerIdentities.Claim(documents, directory, fields.Identities(), id, now, token);
        if (claimed is Outcome<string>.Refused refused) return Answer.Problem(refused.Problem);
        id = ((Outcome<string>.Done)claimed).Value;

        var customer = fields.On(new Customer { Id = id, CustomerId = id, CreatedAt = now, ChangedAt = now, Source = "api" });
        var outcome = await documents.Put(CustomerDirectory.KeyOf(id), customer, ModelJson.Crm.Customer, token, Precondition.Absent);
        return outcome.Match(
            written => Created(customer, written.ETag),
            Taken, Taken, Taken, _ => Answer.Problem(Problems.TooLarge(Limits.DocumentBytes)));

        static IResult Created(Customer made, string etag) => Answer.Json(made, ModelJson.Crm.Customer, StatusCodes.Status201Created, etag, $"/api/customers/{made.Id}");

        static IResult Taken() => Answer.Problem(Problems.Conflict("One of the addresses became somebody else's at this moment. Read and try again."));
    }
}
