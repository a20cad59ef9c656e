using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>Ends a key, and every browser signed in with it.</summary>
public sealed class RevokeKey(ApiKeys keys)
{
    [Function("RevokeKey")]
    [OpenApiOperation("revokeKey", "operations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/keys/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        id.Length == 32 && id.All(char.IsAsciiLetterOrDigit) && await keys.Revoke(id, token)
            ? Answer.Empty()
            : Answer.Problem(Problems.NotFound("There is no such key."));
}
