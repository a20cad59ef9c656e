using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Campaigns;

/// <summary>Adds up to 100 campaigns, each with an answer of its own.</summary>
public sealed class CreateCampaigns(CampaignResource campaigns)
{
    [Function("CreateCampaigns")]
    [OpenApiOperation("createCampaigns", "campaigns")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/campaigns/batch")] HttpRequest request,
        CancellationToken token) => campaigns.CreateMany(request, token);
}
