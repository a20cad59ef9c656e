using Azure.Identity;
using Crm.Adapters.Blobs;
using Crm.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Hosts;

/// <summary>The engines of the Azure build.</summary>
internal static class AzureEngines
{
    /// <exception cref="SettingException">Always, in this version: it builds, but the Cosmos DB adapter is not part of it.</exception>
    public static void Add(IServiceCollection services, IConfiguration settings)
    {
        if (settings["Blobs:Uri"] is not { } blobs || !Uri.TryCreate(blobs, UriKind.Absolute, out var address))
            throw new SettingException("Blobs:Uri", "the address of a blob container");
        services.AddSingleton<IBlobs>(new AzureBlobs(address, new DefaultAzureCredential()));
        throw new SettingException("Cosmos", "nothing yet: this version has no Cosmos DB adapter, see docs/status.md");
    }
}
