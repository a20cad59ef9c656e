using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Operations;

/// <summary>What this module brings into a host.</summary>
public static class OperationsModule
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<CallerGate>();
        services.AddSingleton<ConsoleSessions>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<FirstAdminKey>();
        services.AddSingleton<IDeadLetters, DeadLetters>();
        services.AddSingleton<RequestGuard>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<EventTrails>();
        return services;
    }
}
