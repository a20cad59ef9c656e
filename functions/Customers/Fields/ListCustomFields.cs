using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>The declared fields.</summary>
public sealed class ListCustomFields(CustomFields fields)
{
    [Function("ListCustomFields")]
    [OpenApiOperation("listCustomFields", "custom-fields")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/custom-fields")] HttpRequest request,
        CancellationToken token) =>
        fields.List(request, token);
}
