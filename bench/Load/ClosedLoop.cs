using System.Diagnostics;

namespace Crm.Bench.Load;

/// <summary>Every connection sends its next request as soon as the last one is answered: the highest rate.</summary>
internal sealed class ClosedLoop(TimeSpan duration) : IPace
{
    private long _end;

    public void Begin() => _end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);

    public ValueTask<long?> NextAsync()
    {
        var now = Stopwatch.GetTimestamp();
        return new(now < _end ? now : null);
    }
}
