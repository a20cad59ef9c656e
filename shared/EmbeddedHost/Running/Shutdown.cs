using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Crm.EmbeddedHost;

/// <summary>The two moments of a graceful stop: begin nothing new, then, after the drain time, give up what still runs.</summary>
internal sealed class Shutdown : IDisposable
{
    private readonly CancellationTokenSource drained = new();
    private readonly CancellationTokenRegistration registration;
    private ITimer? timer;

    public Shutdown(IHostApplicationLifetime lifetime, TimeProvider clock, IOptions<FunctionsOptions> options)
    {
        Stopping = lifetime.ApplicationStopping;
        Drained = drained.Token;
        registration = Stopping.Register(() =>
            timer = clock.CreateTimer(_ => drained.Cancel(), null, options.Value.DrainTimeout, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Receive and begin nothing more.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Passed to functions.</summary>
    public CancellationToken Drained { get; }

    public void Dispose()
    {
        registration.Dispose();
        timer?.Dispose();
        drained.Dispose();
    }
}
