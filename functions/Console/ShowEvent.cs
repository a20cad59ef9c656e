using Crm.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowEvent(Pages pages, EventTrails trails)
{
    [Function("ShowEvent")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/events/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await trails.Follow(id, token) is { } trail
            ? pages.Show<EventPage>(request.HttpContext, "customers", new() { ["Trail"] = trail })
            : pages.Missing(request.HttpContext);
}
