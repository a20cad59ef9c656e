using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// Customers, newest first or oldest first; <c>email</c> and <c>phone</c> find the one whose address it is, <c>createdAt[gte]</c> and
/// <c>createdAt[lt]</c> bound the time. <c>q</c> searches instead, the best first.
/// </summary>
public sealed class ListCustomers(IDocuments documents, CustomerDirectory directory, FindCustomers search)
{
    private static readonly ListShape Shape = ListShape.Of(ModelJson.Crm.Customer, ["-createdAt"], "email", "phone", "createdAt[gte]", "createdAt[lt]", "q");

    [Function("ListCustomers")]
    [OpenApiOperation("listCustomers", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/customers")] HttpRequest request,
        CancellationToken token)
    {
        var read = ListRequest.Read(request, Shape);
        return await read.Match(async list =>
        {
            var page = await Page(list, token);
            return page.Match(
                p => p.Matches is null ? Answer.Page(p.Items, p.NextCursor, ModelJson.Crm.Customer, list) : Answer.Json(p, CustomersJson.Crm.CustomerPage),
                Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    /// <summary>The page that the request asks for.</summary>
    public async Task<Outcome<CustomerPage>> Page(ListRequest list, CancellationToken token)
    {
        if (list.Filters.TryGetValue("q", out var searched)) return await search.Page(searched, list, token);

        var errors = new List<FieldError>();
        var email = Filter("email", Identity.Email, "expected one e-mail address");
        var phone = Filter("phone", Identity.Phone, "expected a phone number in international form");
        var from = Filter("createdAt[gte]", Time, "expected an RFC 3339 time with an offset");
        var to = Filter("createdAt[lt]", Time, "expected an RFC 3339 time with an offset");
        if (errors.Count > 0) return Problems.Invalid(errors);

        if (email is not null || phone is not null)
        {
            var found = await directory.Find((email ?? phone)!, token);
            var fits = found is not null
                && (phone is null || found.Value.Phones.Contains(phone.Value))
                && (from is null || string.CompareOrdinal(UtcTimestamps.Text(found.Value.CreatedAt), from) >= 0)
                && (to is null || string.CompareOrdinal(UtcTimestamps.Text(found.Value.CreatedAt), to) < 0);
            return new CustomerPage(fits ? [found!.Value] : [], null);
        }

        // One index serves this across partitions; a read model would cost a write for each change of each customer.
        List<Condition> where = [new Condition.Equal("kind", Customer.KindName)];
        if (from is not null || to is not null) where.Add(new Condition.Range("createdAt", from, to));
        var page = await documents.Query(
            new DocumentQuery(Containers.Customers, null, where, "createdAt", list.Sort?.Descending ?? true, list.Limit, list.Position), token);
        return new CustomerPage([.. page.Documents.Select(d => d.As(ModelJson.Crm.Customer).Value)], list.Next(page.Continuation));

        T? Filter<T>(string name, Func<string?, T?> parse, string expected) where T : class
        {
            if (!list.Filters.TryGetValue(name, out var text)) return null;
            var value = parse(text);
            if (value is null) errors.Add(FieldError.In(name, expected));
            return value;
        }

        static string? Time(string? text) => UtcTimestamps.Parse(text) is { } time ? UtcTimestamps.Text(time) : null;
    }
}

public sealed record CustomerPage(IReadOnlyList<Customer> Items, string? NextCursor)
{
    /// <summary>Of a search: by customer id, what matched each word asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SearchMatch>>? Matches { get; init; }
}
