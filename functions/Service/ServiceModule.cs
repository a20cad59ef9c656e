using Microsoft.Extensions.DependencyInjection;

namespace Crm.Service;

/// <summary>What this module brings into a host.</summary>
public static class ServiceModule
{
    public static IServiceCollection AddService(this IServiceCollection services)
    {
        return services;
    }
}
