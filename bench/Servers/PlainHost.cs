using System.Net;
using Crm.Bench.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Bench.Servers;

/// <summary>The host both baselines share: a minimal API as it comes, without logging.</summary>
internal static class PlainHost
{
    /// <summary>Signed like the product's events, so that all cost the load generator the same; nobody checks it here.</summary>
    public static HookTarget Target(IPEndPoint endPoint) => new(
        endPoint, "/api/hooks/bench", "whsec_" + Convert.ToBase64String(new byte[32]), ExpectsReceipt: false);

    public static async Task RunAsync(string url, RequestDelegate onHook, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);

        await using var app = builder.Build();
        app.MapPost("/api/hooks/{connection}", onHook);
        await app.StartAsync(stop);
        await app.WaitForShutdownAsync(stop);
    }
}
