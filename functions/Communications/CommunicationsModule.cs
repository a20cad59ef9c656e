using Microsoft.Extensions.DependencyInjection;

namespace Crm.Communications;

/// <summary>What this module brings into a host.</summary>
public static class CommunicationsModule
{
    public static IServiceCollection AddCommunications(this IServiceCollection services)
    {
        return services;
    }
}
