using Crm.Marketing.Campaigns;
using Crm.Marketing.Events;
using Crm.Marketing.Funnel;
using Crm.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Marketing;

/// <summary>What this module brings into a host.</summary>
public static class MarketingModule
{
    public static IServiceCollection AddMarketing(this IServiceCollection services)
    {
        services.AddSingleton<CampaignResource>();
        services.AddSingleton<CampaignsOfEvents>();
        services.AddSingleton<ContributeToFunnel>();
        services.AddSingleton<IFollowsCustomers, AskForFunnels>();
        services.AddSingleton<EventTypes>();
        services.AddSingleton<KnownEventTypes>();
        services.AddSingleton<FailedEvents>();
        services.AddSingleton<EventIntake>();
        services.AddSingleton<EventReplays>();
        services.AddSingleton<IFollowsCustomers, CheckEventsOfSenders>();
        return services;
    }
}
