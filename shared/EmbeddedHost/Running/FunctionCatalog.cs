using Crm.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crm.EmbeddedHost;

/// <summary>The functions of this host. Whoever asks for it first finds out whether they can be served.</summary>
internal sealed class FunctionCatalog
{
    public FunctionCatalog(IOptions<FunctionsOptions> options, IServiceProviderIsService services, IConfiguration? configuration = null)
    {
        FunctionsOptions o = options.Value;
        FunctionDiscovery found = FunctionDiscovery.Of(
            o.Assemblies.SelectMany(a => a.GetTypes()).Concat(o.Types),
            o.Settings ?? (name => configuration?[name]),
            o.LeaseContainer);
        List<string> problems = [.. found.Problems];
        bool documents = services.IsService(typeof(IDocuments));
        bool messages = services.IsService(typeof(IMessageReceiver));
        if (!documents && found.Functions.Any(f => f.Trigger is Trigger.Feed or Trigger.Timer))
            problems.Add("change feeds and timers need an IDocuments service.");
        if (!messages && found.Functions.Any(f => f.Trigger is Trigger.Queue)) problems.Add("queues need an IMessageReceiver service.");
        if (problems.Count > 0) throw new FunctionDiscoveryException(problems);
        Functions = found.Functions;
    }

    public IReadOnlyList<FunctionMetadata> Functions { get; }
}
