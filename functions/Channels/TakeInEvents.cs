using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Channels;

/// <summary>Receipt to activities: map, claim, write. Every step is decided by what is stored, so that any may run twice.</summary>
public sealed class TakeInEvents(
    ChannelsByProvider channels, Receipts receipts, ICustomerDirectory directory, IDocuments documents, IBlobs blobs, IDeadLetters deadLetters, TimeProvider clock)
{
    /// <summary>Longer than any sender's retries (7 days are the longest known).</summary>
    internal static readonly TimeSpan ClaimLife = TimeSpan.FromDays(30);

    private const int MaxProperties = 32 * 1024;

    public async Task From(Receipt receipt, CancellationToken token)
    {
        var channel = channels.Find(receipt.Provider) ?? throw new InvalidDataException("No channel reads this receipt.");
        foreach (var item in channel.Map(receipt, await receipts.BodyOf(receipt, token)))
        {
            await (item switch
            {
                MappedItem.Event e => TakeIn(receipt, e, token),
                MappedItem.Quarantined q => Quarantine(receipt, q, token),
                _ => throw new InvalidOperationException(item.GetType().Name),
            });
        }
    }

    /// <summary>The activity's id: the same event gives the same, whichever receipt brings it.</summary>
    public static string ActivityIdOf(string dedupeKey) => Ids.Of(dedupeKey);

    public static string DedupeKeyOf(Receipt receipt, MappedItem.Event e) => $"{receipt.Provider}:{receipt.ConnectionId}:{e.ProviderEventId}";

    public static DocumentKey ClaimKeyOf(string activityId) => new(Containers.Identities, $"event-{activityId}", $"event-{activityId}");

    private async Task TakeIn(Receipt receipt, MappedItem.Event e, CancellationToken token)
    {
        var dedupeKey = DedupeKeyOf(receipt, e);
        var claim = await Claim(receipt, e, ActivityIdOf(dedupeKey), token);
        // Before the activity names them: by hash, so that the same file is kept once.
        foreach (var file in e.Files)
            await blobs.Put(file.Kept().Blob, new MemoryStream(file.Bytes), "application/octet-stream", Precondition.Absent, token);
        if (e.Mail is { Html: { } html } mail && Encoding.UTF8.GetByteCount(html) > Limits.InlineBytes)
            e = e with { Mail = mail with { Html = null, HtmlBlob = await KeepHtml(html, token) } };
        await Write(ActivityOf(receipt, e, dedupeKey, claim, channels.Find(receipt.Provider)!.MappingVersion), token);
    }

    private async Task<string> KeepHtml(string html, CancellationToken token)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var name = $"bodies/{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        await blobs.Put(name, new MemoryStream(bytes), "application/octet-stream", Precondition.Absent, token);
        return name;
    }

    /// <summary>Decides once whose event this is; whoever comes later keeps to it.</summary>
    private async Task<EventClaim> Claim(Receipt receipt, MappedItem.Event e, string activityId, CancellationToken token)
    {
        var key = ClaimKeyOf(activityId);
        if (await documents.Get(key, ChannelsJson.Crm.EventClaim, token) is { } earlier) return earlier.Value;

        var customerId = await directory.CustomerOf(e.Customer, e.Name, receipt.ConnectionId, receipt.ReceivedAt, token);
        var claim = new EventClaim(key.Id, activityId, customerId, receipt.Id, clock.GetUtcNow());
        var outcome = await documents.Put(key, claim, ChannelsJson.Crm.EventClaim, token, Precondition.Absent, ClaimLife);
        return outcome is WriteOutcome.Written
            ? claim
            : (await documents.Get(key, ChannelsJson.Crm.EventClaim, token))?.Value ?? claim;
    }

    private async Task Write(Activity activity, CancellationToken token)
    {
        var key = new DocumentKey(Containers.Customers, activity.CustomerId, activity.Id);
        if (await documents.Put(key, activity, ModelJson.Crm.Activity, token, Precondition.Absent) is WriteOutcome.Written) return;

        var existing = await documents.Get(key, ModelJson.Crm.Activity, token);
        // A newer mapping rewrites what an older one made; anything else is a repeat.
        if (existing is not null && existing.Value.MappingVersion < activity.MappingVersion)
            await documents.Put(key, activity, ModelJson.Crm.Activity, token, Precondition.Match(existing.ETag));
    }

    private static Activity ActivityOf(Receipt receipt, MappedItem.Event e, string dedupeKey, EventClaim claim, int mappingVersion) => new()
    {
        Id = claim.ActivityId,
        CustomerId = claim.CustomerId,
        ConnectionId = receipt.ConnectionId,
        ReceiptId = claim.ReceiptId,
        Provider = receipt.Provider,
        ProviderEventId = e.ProviderEventId,
        ProviderEventType = e.ProviderEventType,
        DedupeKey = dedupeKey,
        Type = e.Type,
        Channel = e.Channel,
        Direction = e.Direction,
        OccurredAt = e.OccurredAt,
        ReceivedAt = receipt.ReceivedAt,
        TimelineAt = e.OccurredAt,
        From = e.From,
        To = e.To,
        Subject = e.Subject,
        Text = e.Text,
        ConversationId = e.ConversationId,
        ProviderMessageId = e.ProviderMessageId,
        ParentMessageId = e.ParentMessageId,
        Mail = e.Mail,
        Attachments = [.. e.Files.Select(f => f.Kept())],
        Engagement = e.Engagement,
        Properties = Fits(e) ? e.Properties : null,
        Trust = e.Trust ?? receipt.Verification.Trust,
        MappingVersion = mappingVersion,
        Warnings = Fits(e) ? e.Warnings : [.. e.Warnings, "properties larger than 32 kB: left out"],
    };

    private static bool Fits(MappedItem.Event e) => e.Properties is not { } properties || JsonMarshal.GetRawUtf8Value(properties).Length <= MaxProperties;

    private Task Quarantine(Receipt receipt, MappedItem.Quarantined item, CancellationToken token) =>
        deadLetters.Keep(
            new DeadLetter("mapping", Containers.Inbox, $"{receipt.Id}.{item.Index}", item.Reason, item.Detail, $$"""{"receiptId":"{{receipt.Id}}","item":{{item.Index}}}"""),
            token);
}

/// <summary>Whose event it is, decided once.</summary>
public sealed record EventClaim(string Id, string ActivityId, string CustomerId, string ReceiptId, DateTimeOffset ClaimedAt);
