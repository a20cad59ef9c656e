using Crm.Customers;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowCustomer(Pages pages, IDocuments documents)
{
    [Function("ShowCustomer")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/customers/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await ListRequest.Read(request).Match(async list =>
        {
            if (await CustomerIds.Find(documents, id, token) is not { } customer) return pages.Missing(request.HttpContext);
            return (await new GetTimeline(documents).Page(id, list, token)).Match(
                timeline => pages.Show<OneCustomerPage>(
                    request.HttpContext, "customers", new() { ["Customer"] = customer.Value, ["Timeline"] = timeline, ["Continued"] = list.Position is not null }),
                problem => pages.Problem(request.HttpContext, problem));
        }, problem => Task.FromResult(pages.Problem(request.HttpContext, problem)));
}
