using Crm.Marketing.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Marketing;

/// <summary>What this module brings into a host.</summary>
public static class MarketingModule
{
    public static IServiceCollection AddMarketing(this IServiceCollection services)
    {
        services.AddSingleton<CampaignResource>();
        return services;
    }
}
