using Crm.Customers;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowCustomers(Pages pages, IDocuments documents, CustomerDirectory directory)
{
    [Function("ShowCustomers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/customers")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request).Match(async list =>
        {
            var found = await new ListCustomers(documents, directory).Page(list, token);
            return found.Match(
                page => pages.Show<CustomersPage>(request.HttpContext, "customers", new() { ["Page"] = page, ["Continued"] = list.Position is not null }),
                Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
}
