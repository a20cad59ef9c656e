using System.Globalization;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>
/// A message's file, by its place from 0. Always to be saved, never to be shown; its type is what its first bytes say, and otherwise
/// bytes, whatever the sender declared.
/// </summary>
public sealed class GetAttachment(IDocuments documents, IBlobs blobs)
{
    private static readonly HashSet<string> Harmless = ["application/pdf", "image/png", "image/jpeg", "image/gif", "application/zip"];

    [Function("GetAttachment")]
    [OpenApiOperation("getAttachment", "conversations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/messages/{id}/attachments/{place}")] HttpRequest request,
        string id,
        string place,
        CancellationToken token)
    {
        if (Message.KeyOf(id) is not { } key || await documents.Get(key, CommunicationsJson.Crm.Message, token) is not { } stored
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= stored.Value.Attachments.Count || stored.Value.DeletedAt is not null)
            return Answer.Problem(Problems.NotFound("There is no such file."));
        var file = stored.Value.Attachments[index];
        if (await blobs.Open(file.Blob, token) is not { } blob) return Answer.Problem(Problems.NotFound("The file is no longer kept."));
        var type = file.SniffedType is { } sniffed && Harmless.Contains(sniffed) ? sniffed : "application/octet-stream";
        return Answer.Stream(blob.Content, type, file.Sha256, blob.Properties.Length, file.FileName);
    }
}
