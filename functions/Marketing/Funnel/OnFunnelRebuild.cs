using System.Text.Json;
using Crm.Marketing.Campaigns;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Funnel;

/// <summary>One page of a campaign's recipients; the next page is the next message's.</summary>
public sealed class OnFunnelRebuild(IDocuments documents, IMessages messages, CampaignsOfEvents campaigns, ContributeToFunnel contribute)
{
    private const int PageSize = 100;

    [Function("OnFunnelRebuild")]
    public async Task Run([ServiceBusTrigger(Queues.FunnelRebuilds, Connection = "ServiceBus")] string body, CancellationToken token)
    {
        var page = JsonSerializer.Deserialize(body, MarketingJson.Crm.FunnelRebuild)!;
        var campaign = await documents.Get(new DocumentKey(Containers.Catalog, Campaign.KindName, page.CampaignId), MarketingJson.Crm.Campaign, token);
        if (page.Name is null)
        {
            if (campaign is null) await Clear(page, token);
        }
        else if (campaign is not null)
        {
            var (customers, next) = await campaigns.Recipients(page.Name, page.Bucket, PageSize, page.Continuation, token);
            foreach (var customer in customers) await contribute.Write(campaign.Value, customer, token);
            if (next is not null)
                await messages.Send(Queues.FunnelRebuilds, [new OutgoingMessage(JsonSerializer.Serialize(page with { Continuation = next }, MarketingJson.Crm.FunnelRebuild))], token);
        }
    }

    private async Task Clear(FunnelRebuild page, CancellationToken token)
    {
        await foreach (var share in documents.All(new DocumentQuery(Containers.Views, ContributeToFunnel.ViewOf(page.CampaignId, page.Bucket), [], Limit: PageSize), token))
            await documents.Delete(share.Key, default, token);
    }
}
