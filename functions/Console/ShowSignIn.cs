using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowSignIn(Pages pages)
{
    [Function("ShowSignIn")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/sign-in")] HttpRequest request,
        CancellationToken token) =>
        Task.FromResult(pages.Show<SignInPage>(request.HttpContext, null, new() { ["ReturnTo"] = ReturnPath.Of(request.Query["returnTo"]) }));
}
