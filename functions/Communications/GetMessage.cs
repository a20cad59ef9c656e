using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>One message with the activity that it was made from: the whole text, the sanitised HTML, the sender's own data.</summary>
public sealed class GetMessage(IDocuments documents, IBlobs blobs)
{
    [Function("GetMessage")]
    [OpenApiOperation("getMessage", "conversations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        if (Message.KeyOf(id) is not { } key || await documents.Get(key, CommunicationsJson.Crm.Message, token) is not { } stored)
            return Answer.Problem(Problems.NotFound("There is no such message."));
        var activity = stored.Value is { ActivityId: { } activityId, DeletedAt: null }
            ? await documents.Get(key with { Id = activityId }, ModelJson.Crm.Activity, token)
            : null;
        return Answer.Json(new WholeMessage(stored.Value, activity is null ? null : await Whole(activity.Value, token)), CommunicationsJson.Crm.WholeMessage, etag: stored.ETag);
    }

    /// <summary>With the HTML that is kept beside the document.</summary>
    private async ValueTask<Activity> Whole(Activity activity, CancellationToken token)
    {
        if (activity.Mail is not { HtmlBlob: { } name } mail || await blobs.Open(name, token) is not { } blob) return activity;
        await using (blob)
        {
            using var reader = new StreamReader(blob.Content);
            return activity with { Mail = mail with { Html = await reader.ReadToEndAsync(token), HtmlBlob = null } };
        }
    }
}

/// <param name="Activity">Null for a note, and for a message that its sender took back.</param>
public sealed record WholeMessage(Message Message, Activity? Activity);
