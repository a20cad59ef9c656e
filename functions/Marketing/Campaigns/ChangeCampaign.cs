using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Campaigns;

/// <summary>A JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeCampaign(CampaignResource campaigns)
{
    [Function("ChangeCampaign")]
    [OpenApiOperation("changeCampaign", "campaigns")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/campaigns/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => campaigns.Change(request, id, token);
}
