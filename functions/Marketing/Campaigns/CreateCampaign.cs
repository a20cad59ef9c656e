using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Campaigns;

/// <summary>Adds a campaign.</summary>
public sealed class CreateCampaign(CampaignResource campaigns)
{
    [Function("CreateCampaign")]
    [OpenApiOperation("createCampaign", "campaigns")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns")] HttpRequest request,
        CancellationToken token) => campaigns.Create(request, token);
}
