using System.Text.Json;
using Crm.Marketing.Campaigns;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Funnel;

/// <summary>Computes one customer's share of every campaign that the new events touch.</summary>
public sealed class OnFunnelRequested(CampaignsOfEvents campaigns, ContributeToFunnel contribute)
{
    [Function("OnFunnelRequested")]
    public async Task Run([ServiceBusTrigger(Queues.Funnels, Connection = "ServiceBus")] string body, CancellationToken token)
    {
        var request = JsonSerializer.Deserialize(body, MarketingJson.Crm.FunnelRequest)!;
        foreach (var name in request.Names) await campaigns.Remember(request.CustomerId, name, token);
        var known = await campaigns.Named(await campaigns.NamesOf(request.CustomerId, token), token);
        foreach (var campaign in known.Where(c => IsTouched(c, request))) await contribute.Write(campaign, request.CustomerId, token);
    }

    private static bool IsTouched(Campaign campaign, FunnelRequest request) =>
        request.Events is null || campaign.EventNames.Intersect(request.Names).Any() || request.Events.Any(campaign.IsGoal);
}
