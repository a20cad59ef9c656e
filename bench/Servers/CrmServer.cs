using System.Net;
using Crm.Bench.Load;
using Crm.Bench.Product;
using Crm.Hosts;

namespace Crm.Bench.Servers;

/// <summary>The product itself, embedded, as <c>dotnet run --project functions</c> starts it.</summary>
internal sealed class CrmServer : IServerKind
{
    public string Name => "crm";

    public string Title => "crm";

    public async Task RunAsync(string url, string dataFolder, CancellationToken stop)
    {
        var code = await EmbeddedRun.Run(new EmbeddedOptions(url, dataFolder, Demo: false), stop);
        if (code != 0) throw new InvalidOperationException($"The product ended with code {code}.");
    }

    public Task<HookTarget> PrepareAsync(IPEndPoint endPoint, string adminKey, CancellationToken cancellation) =>
        ProductHook.CreateAsync(endPoint, adminKey, cancellation);
}
