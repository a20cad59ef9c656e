using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

/// <summary>The console begins with the customers.</summary>
public sealed class ShowHome
{
    [Function("ShowHome")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console")] HttpRequest request,
        CancellationToken token) =>
        Task.FromResult(Answer.SeeOther(request.HttpContext.User.IsInRole("analyst") ? "/console/reports" : "/console/customers"));
}
