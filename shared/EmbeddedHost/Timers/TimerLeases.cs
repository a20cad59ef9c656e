using System.Text.Json;
using Crm.Ports;

namespace Crm.EmbeddedHost;

/// <summary>
/// Keeps the last finished slot of a timer and the one in progress, so that no slot finishes twice: not after a restart and
/// not on two hosts. Every write is conditional.
/// </summary>
internal sealed class TimerLeases(IDocuments documents, string container, string function, TimeSpan lockFor, TimeProvider clock)
{
    private readonly string id = "timer." + function;

    public string Owner { get; } = Guid.NewGuid().ToString("N");

    private DocumentKey Key => new(container, id, id);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>The kept state; a timer seen for the first time has nothing to catch up on.</summary>
    public async Task<(TimerLease Lease, StoredLease Stored)> Load(CancellationToken token)
    {
        while (true)
        {
            if (await documents.Get(Key, token) is { } kept)
            {
                TimerLease lease = JsonSerializer.Deserialize(kept.Json.Span, LeaseJson.Default.TimerLease)!;
                return (lease, new(kept.ETag, kept.Written.UtcDateTime));
            }

            TimerLease first = new(id, Now, null, null, null, null);
            if (await Write(first, Precondition.Absent, token) is { } etag) return (first, new(etag, Now));
        }
    }

    /// <summary>Null: another host was faster.</summary>
    public Task<string?> Claim(TimerLease lease, DateTime slot, string etag, CancellationToken token) =>
        Write(lease with { Running = slot, Owner = Owner, Until = Now + lockFor }, Precondition.Match(etag), token);

    /// <summary>Null: another host took the slot over.</summary>
    public Task<string?> Finish(TimerLease lease, DateTime slot, string etag, CancellationToken token) =>
        Write(new(id, slot, slot, null, null, null), Precondition.Match(etag), token);

    /// <summary>Gives the slot back unfinished; whoever comes next runs it.</summary>
    public Task<string?> Release(TimerLease lease, string etag, CancellationToken token) =>
        Write(lease with { Running = null, Owner = null, Until = null }, Precondition.Match(etag), token);

    private async Task<string?> Write(TimerLease lease, Precondition precondition, CancellationToken token)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(lease, LeaseJson.Default.TimerLease);
        return await documents.Put(new(Key, json, precondition), token) is WriteOutcome.Written written ? written.ETag : null;
    }
}

/// <param name="Written">UTC.</param>
internal sealed record StoredLease(string ETag, DateTime Written);
