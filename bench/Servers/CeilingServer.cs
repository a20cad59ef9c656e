using System.Net;
using System.Text.Json;
using Crm.Bench.Load;
using Microsoft.AspNetCore.Http;

namespace Crm.Bench.Servers;

/// <summary>Baseline A: Kestrel takes the event, parses it, answers 202 and keeps nothing.</summary>
internal sealed class CeilingServer : IServerKind
{
    public string Name => "a";

    public string Title => "A ceiling";

    public Task RunAsync(string url, string dataFolder, CancellationToken stop) => PlainHost.RunAsync(url, OnHookAsync, stop);

    public Task<HookTarget> PrepareAsync(IPEndPoint endPoint, string adminKey, CancellationToken cancellation) =>
        Task.FromResult(PlainHost.Target(endPoint));

    private static async Task OnHookAsync(HttpContext http)
    {
        var received = await JsonSerializer.DeserializeAsync(http.Request.BodyReader, HookJson.Default.HookEvent);
        http.Response.StatusCode = received?.Data is null ? StatusCodes.Status400BadRequest : StatusCodes.Status202Accepted;
    }
}
