using Crm.Channels;
using Crm.Operations;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowEvent(Pages pages, EventTrails trails, IDocuments documents, Receipts receipts)
{
    [Function("ShowEvent")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/events/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        if (await trails.Follow(id, token) is not { } trail) return pages.Missing(request.HttpContext);
        return pages.Show<EventPage>(request.HttpContext, "customers", new() { ["Trail"] = trail, ["Raw"] = await RawOf(trail.ReceiptId, token) });
    }

    /// <summary>Null once the receipt is past its days.</summary>
    private async Task<RawRequest?> RawOf(string? receiptId, CancellationToken token)
    {
        if (receiptId is null || await documents.Get(Receipts.KeyOf(receiptId), ChannelsJson.Crm.Receipt, token) is not { } receipt) return null;
        try
        {
            var body = await receipts.BodyOf(receipt.Value, token);
            return RawRequest.Of(receipt.Value.ContentType, body.Span);
        }
        catch (InvalidDataException)
        {
            // A large body's blob may go before its receipt does; the trail is still worth showing.
            return null;
        }
    }
}
