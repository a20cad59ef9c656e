using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Service;

/// <summary>What this module brings into a host.</summary>
public static class ServiceModule
{
    public static IServiceCollection AddService(this IServiceCollection services)
    {
        services.AddSingleton<Calendars>();
        services.AddSingleton<Queues>();
        services.AddSingleton<SlaPolicies>();
        services.AddSingleton<CaseStatuses>();
        services.AddSingleton<CaseRules>();
        services.AddSingleton<CaseLists>();
        services.AddSingleton<IFollowsCustomers>(s => s.GetRequiredService<CaseLists>());
        services.AddSingleton<IFollowsCustomers, OpenCasesFromMessages>();
        return services;
    }
}
