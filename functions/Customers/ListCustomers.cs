using Crm.Kernel;
using Crm.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Customers by creation, change or name; <c>email</c>, <c>phone</c> and <c>externalId</c> find the one whose it is; <c>owner</c>,
/// <c>companyId</c> and <c>tag</c> have lists of their own, <c>name</c> is the beginning of a name. <c>q</c> searches instead, the best first.
/// </summary>
public sealed class ListCustomers(CustomerPages pages)
{
    [Function("ListCustomers")]
    [OpenApiOperation("listCustomers", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/customers")] HttpRequest request,
        CancellationToken token)
    {
        var read = ListRequest.Read(request, CustomerPages.Shape);
        return await read.Match(async list =>
        {
            var page = await pages.Page(list, token);
            return page.Match(
                p => p.Matches is null ? Answer.Page(p.Items, p.NextCursor, ModelJson.Crm.Customer, list) : Answer.Json(p, CustomersJson.Crm.CustomerPage),
                Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
