using System.Diagnostics;
using System.Threading.Channels;
using HdrHistogram;

namespace Crm.Bench.Load;

/// <summary>
/// Requests arrive by a fixed schedule whether or not earlier ones were answered. Latency counts from the scheduled
/// time, and arrivals queue while all connections are busy, so a stall shows in every request it delays.
/// </summary>
internal sealed class OpenLoop(double requestsPerSecond, TimeSpan duration) : IPace
{
    private readonly Channel<long> _due = Channel.CreateUnbounded<long>(
        new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    private readonly LongHistogram _lateness = Latency.NewHistogram();
    private readonly Lock _latenessLock = new();
    private readonly double _interval = Stopwatch.Frequency / requestsPerSecond;
    private readonly long _count = (long)(requestsPerSecond * duration.TotalSeconds);
    private long _began;
    private long _next;
    private long _released;

    /// <summary>The 99th percentile of how late the schedule itself ran: the generator's share of the latency.</summary>
    public double LateMilliseconds => Latency.Milliseconds(_lateness, 99);

    public void Begin()
    {
        Volatile.Write(ref _began, Stopwatch.GetTimestamp());
        new Thread(Tick) { IsBackground = true, Name = "schedule" }.Start();
    }

    public async ValueTask<long?> NextAsync()
    {
        // On a full machine the ticking thread waits for a core; whoever has one keeps the schedule.
        ReleaseDue();
        try
        {
            return await _due.Reader.ReadAsync();
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    private void Tick()
    {
        using var never = new ManualResetEvent(false);
        while (Volatile.Read(ref _next) < _count)
        {
            ReleaseDue();
            never.WaitOne(1);
        }
    }

    private void ReleaseDue()
    {
        for (var next = Volatile.Read(ref _next); next < _count; next = Volatile.Read(ref _next))
        {
            var scheduled = _began + (long)(next * _interval);
            if (scheduled > Stopwatch.GetTimestamp()) return;
            if (Interlocked.CompareExchange(ref _next, next + 1, next) != next) continue;
            lock (_latenessLock) Latency.Record(_lateness, scheduled);
            _due.Writer.TryWrite(scheduled);
            if (Interlocked.Increment(ref _released) == _count) _due.Writer.Complete();
        }
    }
}
