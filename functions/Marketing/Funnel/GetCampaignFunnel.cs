using Crm.Kernel;
using Crm.Marketing.Campaigns;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Funnel;

/// <summary>A campaign's funnel: the sum of the buckets' sums, as many reads for ten recipients as for ten million.</summary>
public sealed class GetCampaignFunnel(IDocuments documents)
{
    [Function("GetCampaignFunnel")]
    [OpenApiOperation("getCampaignFunnel", "campaigns")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{id}/funnel")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var key = new DocumentKey(Containers.Catalog, Campaign.KindName, id);
        if (!DocumentKeys.IsId(id) || await documents.Get(key, MarketingJson.Crm.Campaign, token) is not { } campaign)
            return Answer.Problem(Problems.NotFound("There is no such campaign."));
        var sums = await Task.WhenAll(Enumerable.Range(0, ContributeToFunnel.Buckets).Select(b => documents.Get(ContributeToFunnel.SumKey(id, b), MarketingJson.Crm.FunnelShare, token).AsTask()));
        var known = sums.Where(s => s is not null).Select(s => s!.Value).ToList();
        var funnel = CampaignFunnel.Of(campaign.Value, known.Sum(s => s.Recipients), known.Aggregate(FunnelCounts.None, (all, s) => all + s.Counts));
        return Answer.Json(funnel, MarketingJson.Crm.CampaignFunnel);
    }
}
