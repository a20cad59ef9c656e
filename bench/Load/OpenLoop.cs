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
        new UnboundedChannelOptions { SingleWriter = true, AllowSynchronousContinuations = true });

    /// <summary>How late the schedule itself ran, in microseconds: the generator's share of the latency.</summary>
    public LongHistogram Lateness { get; } = Latency.NewHistogram();

    public void Begin() => new Thread(Release) { IsBackground = true, Name = "schedule" }.Start();

    public async ValueTask<long?> NextAsync()
    {
        try
        {
            return await _due.Reader.ReadAsync();
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    private void Release()
    {
        using var tick = new ManualResetEvent(false);
        var began = Stopwatch.GetTimestamp();
        var interval = Stopwatch.Frequency / requestsPerSecond;
        var count = (long)(requestsPerSecond * duration.TotalSeconds);
        for (long next = 0; next < count;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; next < count; next++)
            {
                var scheduled = began + (long)(next * interval);
                if (scheduled > now) break;
                Latency.Record(Lateness, scheduled);
                _due.Writer.TryWrite(scheduled);
            }

            tick.WaitOne(1);
        }

        _due.Writer.Complete();
    }
}
