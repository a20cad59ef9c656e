using Crm.EmbeddedHost;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the embedded host's services.</summary>
public static class FunctionsServices
{
    /// <summary>
    /// Serves the functions that <paramref name="configure"/> names. Feeds and timers need an <c>IDocuments</c>, queues an
    /// <c>IMessageReceiver</c>; an <c>IWriteSignal</c> saves polling, an <see cref="IParkedDocuments"/> keeps poison.
    /// </summary>
    public static IServiceCollection AddFunctions(this IServiceCollection services, Action<FunctionsOptions> configure)
    {
        services.Configure(configure);
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<FunctionCatalog>();
        services.TryAddSingleton<Shutdown>();
        services.TryAddSingleton<Movement>();
        services.TryAddSingleton(s => new RequestLoad(s.GetRequiredService<IOptions<FunctionsOptions>>().Value, TimeProvider.System));
        services.TryAddSingleton<PumpFactory>();
        services.TryAddSingleton<FunctionsRuntime>();
        services.TryAddSingleton<IFunctionsRuntime>(s => s.GetRequiredService<FunctionsRuntime>());
        services.AddHostedService(s => s.GetRequiredService<FunctionsRuntime>());
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<FunctionsOptions>>((kestrel, functions) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = functions.Value.MaxRequestBodyBytes;
            kestrel.Limits.MaxRequestHeaderCount = 100;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        });

        // The drain must end before the host gives up waiting, or nothing that ends late is written down.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<FunctionsOptions>>((host, functions) =>
        {
            TimeSpan needed = functions.Value.DrainTimeout + TimeSpan.FromSeconds(5);
            if (host.ShutdownTimeout < needed) host.ShutdownTimeout = needed;
        });
        return services;
    }
}
