using Crm.Kernel;
using Crm.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

/// <summary>A link that signs one browser in, once.</summary>
public sealed class UseSignInLink(Pages pages, SignInLinks links, ConsoleSessions sessions)
{
    [Function("UseSignInLink")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/sign-in/{ticket}")] HttpRequest request,
        string ticket,
        CancellationToken token)
    {
        if (await links.Use(ticket, token) is not { } key)
        {
            return pages.Show<SignInPage>(
                request.HttpContext, null, new() { ["Error"] = "This link was used, or is too old. Please sign in with a key." }, StatusCodes.Status410Gone);
        }
        sessions.SignIn(request.HttpContext, key);
        return Answer.SeeOther(ReturnPath.Home);
    }
}
