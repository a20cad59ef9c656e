using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Customers;

/// <summary>What this module brings into a host.</summary>
public static class CustomersModule
{
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddSingleton<CustomerDirectory>();
        services.AddSingleton<FindCustomers>();
        services.AddSingleton<ICustomerDirectory>(s => s.GetRequiredService<CustomerDirectory>());
        services.AddSingleton<IFollowsCustomers, KeepSearch>();
        return services;
    }
}
