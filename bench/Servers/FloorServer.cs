using System.Buffers;
using System.Net;
using System.Text.Json;
using Crm.Bench.Load;
using Microsoft.AspNetCore.Http;

namespace Crm.Bench.Servers;

/// <summary>Baseline C: A plus one durable SQLite row, answered after its commit.</summary>
internal sealed class FloorServer : IServerKind
{
    public string Name => "c";

    public string Title => "C floor design";

    public async Task RunAsync(string url, string dataFolder, CancellationToken stop)
    {
        using var receipts = new GroupCommit(Path.Combine(dataFolder, "floor.db"));
        await PlainHost.RunAsync(url, http => OnHookAsync(http, receipts), stop);
    }

    public Task<HookTarget> PrepareAsync(IPEndPoint endPoint, string adminKey, CancellationToken cancellation) =>
        Task.FromResult(PlainHost.Target(endPoint));

    private static async Task OnHookAsync(HttpContext http, GroupCommit receipts)
    {
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync((int)(http.Request.ContentLength ?? 0));
        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);

        if (JsonSerializer.Deserialize(body, HookJson.Default.HookEvent)?.Data is null)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await receipts.AppendAsync(body);
        http.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
