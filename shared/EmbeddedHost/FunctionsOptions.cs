using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Crm.EmbeddedHost;

/// <summary>Which functions to serve, and how. The defaults are those of the Azure Functions host where it has one.</summary>
public sealed class FunctionsOptions
{
    /// <summary>Every <c>[Function]</c> of these assemblies is served.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    /// <summary>The functions of these classes are served too.</summary>
    public IList<Type> Types { get; } = [];

    /// <summary>Finds the value of a <c>%Name%</c>; by default <c>IConfiguration[name]</c>.</summary>
    public Func<string, string?>? Settings { get; set; }

    /// <summary>The container of feed positions and timer slots, partitioned by <c>/id</c>, where a trigger names none.</summary>
    public string LeaseContainer { get; set; } = "leases";

    /// <summary>How long running functions may go on after a stop was asked for; then their tokens are cancelled.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages of one queue in work at the same time.</summary>
    public int MaxConcurrentCalls { get; set; } = 16;

    /// <summary>Messages of one queue locked ahead of those in work.</summary>
    public int Prefetch { get; set; } = 16;

    /// <summary>Failed deliveries before a message is dead-lettered.</summary>
    public int MaxDeliveries { get; set; } = 10;

    /// <summary>How long a message or a timer slot stays locked without a sign of life. Renewed at half-time.</summary>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a quiet queue is asked for messages that fell due or whose lock ended.</summary>
    public TimeSpan QueuePollDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Kestrel's limit on a request's body, in bytes; 100 MiB, as in Azure Functions.</summary>
    public long MaxRequestBodyBytes { get; set; } = 104_857_600;

    /// <summary>While more requests than this are being answered, feeds and queues step back between two batches.</summary>
    public int BusyRequests { get; set; } = 16;

    /// <summary>How long requests must have been few before load counts as over.</summary>
    public TimeSpan CalmAfter { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long they step back at most: they slow down, they never stop.</summary>
    public TimeSpan MaxPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What has waited this long is worked on at full speed, however many requests there are.</summary>
    public TimeSpan MaxLag { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Writes the body of an answer that no function gives: 400, 404 or 405. By default problem+json.</summary>
    public Func<HttpContext, RefusedRequest, Task> WriteProblem { get; set; } = RefusedRequest.WriteProblemJson;
}
