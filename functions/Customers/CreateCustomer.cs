using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Customers;

/// <summary>Adds a person that the caller knows. An address that is somebody's already is refused, naming whose.</summary>
public sealed class CreateCustomer(IDocuments documents, CustomerDirectory directory, TimeProvider clock)
{
    [Function("CreateCustomer")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/customers")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, CustomersJson.Crm.CustomerFields, token);
        return await read.Match(
            fields => fields.Fault() is { } fault ? Task.FromResult(Answer.Problem(fault)) : Create(fields, token),
            problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Create(CustomerFields fields, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        var id = Ids.New(clock);
        var claimed = await CustomerIdentities.Claim(documents, directory, fields.Identities(), id, now, token);
        if (claimed is Outcome<string>.Refused refused) return Answer.Problem(refused.Problem);
        id = ((Outcome<string>.Done)claimed).Value;

        var customer = fields.On(new Customer { Id = id, CustomerId = id, CreatedAt = now, ChangedAt = now, Source = "api" });
        var outcome = await documents.Put(CustomerDirectory.KeyOf(id), customer, ModelJson.Crm.Customer, token, Precondition.Absent);
        return outcome.Match(
            written => Answer.Json(customer, ModelJson.Crm.Customer, StatusCodes.Status201Created, written.ETag, $"/api/customers/{id}"),
            Taken, Taken, Taken, _ => Answer.Problem(Problems.TooLarge(Limits.DocumentBytes)));

        static IResult Taken() => Answer.Problem(Problems.Conflict("One of the addresses became somebody else's at this moment. Read and try again."));
    }
}
