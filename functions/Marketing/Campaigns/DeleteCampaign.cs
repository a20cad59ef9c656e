using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Campaigns;

/// <summary>Takes a campaign away.</summary>
public sealed class DeleteCampaign(CampaignResource campaigns)
{
    [Function("DeleteCampaign")]
    [OpenApiOperation("deleteCampaign", "campaigns")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/campaigns/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => campaigns.Delete(request, id, token);
}
