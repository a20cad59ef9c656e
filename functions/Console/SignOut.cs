using Crm.Kernel;
using Crm.Operations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class SignOut(IAntiforgery antiforgery)
{
    [Function("SignOut")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/sign-out")] HttpRequest request,
        CancellationToken token)
    {
        if (await antiforgery.IsRequestValidAsync(request.HttpContext)) ConsoleSessions.SignOut(request.HttpContext);
        return Answer.SeeOther("/console/sign-in");
    }
}
