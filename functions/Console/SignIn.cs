using Crm.Kernel;
using Crm.Operations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

/// <summary>Exchanges a key for a session cookie.</summary>
public sealed class SignIn(Pages pages, ApiKeys keys, ConsoleSessions sessions, IAntiforgery antiforgery)
{
    private const int Limit = 16 * 1024;

    [Function("SignIn")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/sign-in")] HttpRequest request,
        CancellationToken token)
    {
        if (!request.HasFormContentType) return Answer.Problem(Problems.UnsupportedMediaType("application/x-www-form-urlencoded", request.ContentType));
        if (request.ContentLength is null or > Limit) return Answer.Problem(Problems.TooLarge(Limit));
        var form = await request.ReadFormAsync(token);
        var returnTo = ReturnPath.Of(form["returnTo"]);
        if (!await antiforgery.IsRequestValidAsync(request.HttpContext)) return Again("The form was too old. Please try again.");
        if (await keys.Find(form["key"].ToString().Trim(), token) is not { } key) return Again("This key is not known here.");
        sessions.SignIn(request.HttpContext, key);
        return Answer.SeeOther(returnTo);

        IResult Again(string error) =>
            pages.Show<SignInPage>(request.HttpContext, null, new() { ["Error"] = error, ["ReturnTo"] = returnTo }, StatusCodes.Status401Unauthorized);
    }
}
