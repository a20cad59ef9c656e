using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Communications;

/// <summary>What this module brings into a host.</summary>
public static class CommunicationsModule
{
    public static IServiceCollection AddCommunications(this IServiceCollection services)
    {
        services.AddSingleton<ApplyFacts>();
        services.AddSingleton<ConversationLists>();
        services.AddSingleton<ConversationResource>();
        services.AddSingleton<JoinConversations>();
        services.AddSingleton<IFollowsCustomers, PlaceMessages>();
        services.AddSingleton<IFollowsCustomers>(s => s.GetRequiredService<ConversationLists>());
        return services;
    }
}
