using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Companies by creation, change or name; <c>externalId</c> finds the one that has it, <c>name</c> is the beginning of a name.</summary>
public sealed class ListCompanies(Companies companies, CustomerLists lists)
{
    private static readonly ListShape Shape = ListShape.Of(
        CustomersJson.Crm.ClientCompany, ["-createdAt", "changedAt", "name"], "externalId", "name", "owner", "tag", "createdAt[gte]", "createdAt[lt]", "changedAt[gte]", "changedAt[lt]");

    [Function("ListCompanies")]
    [OpenApiOperation("listCompanies", "companies")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/companies")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request, Shape).Match(
            list => CustomerFilter.Read(list).Match(
                async filter =>
                {
                    var (items, next) = list.Filters.TryGetValue("externalId", out var key) ? (await One(key, token), null) : await Page(list, filter, token);
                    return Answer.Page(items, list.Next(next), CustomersJson.Crm.ClientCompany, list);
                },
                problem => Task.FromResult(Answer.Problem(problem))),
            problem => Task.FromResult(Answer.Problem(problem)));

    private async Task<IReadOnlyList<ClientCompany>> One(string externalId, CancellationToken token) =>
        await companies.WithExternalId(externalId.Trim(), token) is { } found ? [found] : [];

    private async Task<(IReadOnlyList<ClientCompany>, string?)> Page(ListRequest list, CustomerFilter filter, CancellationToken token)
    {
        var byName = list.Sort!.Field == "name";
        var order = byName ? "byName" : list.Sort.Field == "changedAt" ? "byChanged" : "byCreated";
        var (from, to) = byName ? (filter.Name, filter.Name is null ? null : filter.Name + '\uffff') : (filter.From, filter.To);
        var isChecked = filter.IsChecked(byName) || filter.Owner is not null || filter.Tag is not null;
        var page = await lists.Companies.Read(order, list.Sort.Descending, from, to, list.Limit, list.Position, isChecked ? item => filter.Holds(item.Deserialize(CustomersJson.Crm.ListedCustomer)!) : null, token);
        var read = await Task.WhenAll(page.Items.Select(i => companies.Find(i.GetProperty("id").GetString()!, token).AsTask()));
        return ([.. read.OfType<Stored<ClientCompany>>().Select(c => c.Value)], page.Next);
    }
}
