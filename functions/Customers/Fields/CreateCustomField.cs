using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Declares a field of the company's own.</summary>
public sealed class CreateCustomField(CustomFields fields)
{
    [Function("CreateCustomField")]
    [OpenApiOperation("createCustomField", "custom-fields")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/custom-fields")] HttpRequest request,
        CancellationToken token) =>
        fields.Create(request, token);
}
