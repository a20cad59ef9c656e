using System.Net;
using Crm.Bench.Load;

namespace Crm.Bench.Servers;

/// <summary>One program under measurement, run alone in a child process.</summary>
internal interface IServerKind
{
    /// <summary>The name on the command line and in the JSON results.</summary>
    string Name { get; }

    /// <summary>The name in the printed tables.</summary>
    string Title { get; }

    /// <summary>
    /// Serves <c>POST /api/hooks/{connection}</c> on <paramref name="url"/> until <paramref name="stop"/>, keeping
    /// whatever it stores under <paramref name="dataFolder"/>.
    /// </summary>
    Task RunAsync(string url, string dataFolder, CancellationToken stop);

    /// <summary>Called by the parent once the server listens: where to post and how to sign.</summary>
    Task<HookTarget> PrepareAsync(IPEndPoint endPoint, string adminKey, CancellationToken cancellation);
}
