using Crm.Customers;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowCustomers(Pages pages, IDocuments documents, CustomerPages customers)
{
    [Function("ShowCustomers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/customers")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request, CustomerPages.Shape).Match(
            list => Show(request.HttpContext, list, token),
            problem => Task.FromResult(pages.Problem(request.HttpContext, problem)));

    private async Task<IResult> Show(HttpContext http, ListRequest list, CancellationToken token) =>
        await (await customers.Page(list, token)).Match(
            async page =>
            {
                var latest = await LatestActivities.Of(documents, page.Items.Select(c => c.Id), token);
                return pages.Show<CustomersPage>(
                    http, "customers", new() { ["Page"] = page, ["Latest"] = latest, ["Continued"] = list.Position is not null });
            },
            problem => Task.FromResult(pages.Problem(http, problem)));
}
