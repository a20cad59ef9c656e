using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Campaigns;

/// <summary>Campaigns, newest first or by name; narrowed by status, channel and tag.</summary>
public sealed class ListCampaigns(CampaignResource campaigns)
{
    [Function("ListCampaigns")]
    [OpenApiOperation("listCampaigns", "campaigns")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns")] HttpRequest request,
        CancellationToken token) => campaigns.List(request, token);
}
