namespace Crm.Adapters.Files;

/// <summary>Times of writing, UTC, no two the same: a file system's own may stand still for milliseconds.</summary>
internal sealed class WriteTimes(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private long _last;

    public DateTime Next()
    {
        lock (_gate)
        {
            _last = Math.Max(_last + 1, clock.GetUtcNow().UtcTicks);
            return new DateTime(_last, DateTimeKind.Utc);
        }
    }
}
