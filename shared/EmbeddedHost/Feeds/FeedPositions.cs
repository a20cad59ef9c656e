using System.Text.Json;
using Crm.Ports;

namespace Crm.EmbeddedHost;

/// <summary>How far a function has read its feed: one document per lease, advanced by If-Match.</summary>
/// <param name="Continuation">Null: at the very beginning.</param>
internal sealed record FeedPosition(string? Continuation, string ETag);

internal sealed class FeedPositions(IDocuments documents, Trigger.Feed feed)
{
    private readonly DocumentKey key = new(feed.LeaseContainer, feed.LeaseId, feed.LeaseId);

    /// <summary>The kept position; where there is none, the feed's beginning or its present end, kept before it is used.</summary>
    public async Task<FeedPosition> Load(CancellationToken token)
    {
        while (true)
        {
            if (await documents.Get(key, token) is { } kept)
                return new(JsonSerializer.Deserialize(kept.Json.Span, LeaseJson.Default.FeedLease)!.Continuation, kept.ETag);
            string? start = feed.FromBeginning ? null : await End(token);
            if (await Write(start, Precondition.Absent, token) is { } first) return first;
        }
    }

    /// <summary>Null: somebody else moved or removed the position.</summary>
    public async Task<FeedPosition?> Advance(FeedPosition from, string continuation, CancellationToken token) =>
        await Write(continuation, Precondition.Match(from.ETag), token);

    private async Task<FeedPosition?> Write(string? continuation, Precondition precondition, CancellationToken token)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new(feed.LeaseId, continuation), LeaseJson.Default.FeedLease);
        WriteOutcome outcome = await documents.Put(new(key, json, precondition), token);
        return outcome switch
        {
            WriteOutcome.Written written => new(continuation, written.ETag),
            WriteOutcome.TooLarge => throw new InvalidOperationException($"The position of '{feed.LeaseId}' is too large."),
            _ => null,
        };
    }

    private async Task<string> End(CancellationToken token)
    {
        string? continuation = null;
        while (true)
        {
            FeedPage page = await documents.Feed(feed.Container, continuation, Limits.PageSize, token);
            continuation = page.Continuation;
            if (page.Changes.Count == 0) return continuation;
        }
    }
}
