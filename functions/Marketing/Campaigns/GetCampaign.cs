using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Campaigns;

/// <summary>One campaign, with the ETag that a change needs.</summary>
public sealed class GetCampaign(CampaignResource campaigns)
{
    [Function("GetCampaign")]
    [OpenApiOperation("getCampaign", "campaigns")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => campaigns.Get(id, token);
}
