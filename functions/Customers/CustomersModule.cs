using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Customers;

/// <summary>What this module brings into a host.</summary>
public static class CustomersModule
{
    public static IServiceCollection AddCustomers(this IServiceCollection services)
    {
        services.AddSingleton<Companies>();
        services.AddSingleton<CustomFields>();
        services.AddSingleton<CustomerDirectory>();
        services.AddSingleton<CustomerLists>();
        services.AddSingleton<CustomerPages>();
        services.AddSingleton<CustomerWrites>();
        services.AddSingleton<FindCustomers>();
        services.AddSingleton<ApplyImport>();
        services.AddSingleton<Exports>();
        services.AddSingleton<ImportStore>();
        services.AddSingleton<RevertImport>();
        services.AddSingleton<SplitImport>();
        services.AddSingleton<WriteExport>();
        services.AddSingleton<ICustomerDirectory>(s => s.GetRequiredService<CustomerDirectory>());
        services.AddSingleton<IFollowsCustomers>(s => s.GetRequiredService<CustomerLists>());
        services.AddSingleton<IFollowsCustomers, KeepSearch>();
        return services;
    }
}
