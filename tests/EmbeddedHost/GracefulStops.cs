using Crm.Ports;

namespace Crm.Tests.EmbeddedHost;

public sealed class GracefulStops
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(33);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_in_work_is_finished_and_completed_and_those_locked_ahead_are_given_back()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)], options: o => (o.MaxConcurrentCalls, o.DrainTimeout) = (1, Drain));
        await store.Send("wait", "b", "c");
        await host.Journal.Until("began wait");
        Assert.Equal(3, (await store.Depth()).Locked);
        Task stop = host.Stop();
        await store.Clock.Armed(Drain);
        host.Journal.Open("wait");
        await stop;
        Assert.Contains("did wait", host.Journal.Words);
        Assert.DoesNotContain("began b", host.Journal.Words);
        QueueDepth depth = await store.Depth();
        Assert.Equal((2, 0), (depth.Active, depth.Locked));
    }

    [Fact]
    public async Task A_message_whose_function_does_not_end_in_time_is_cancelled_and_given_back()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)], options: o => o.DrainTimeout = Drain);
        await store.Send("wait");
        await host.Journal.Until("began wait");
        Task stop = host.Stop();
        await store.Clock.Armed(Drain);
        Assert.False(stop.IsCompleted);
        store.Clock.Advance(Drain);
        await stop;
        Assert.DoesNotContain("did wait", host.Journal.Words);
        Assert.Equal(1, (await store.Depth()).Total);
    }

    [Fact]
    public async Task A_batch_in_work_is_finished_and_its_position_kept()
    {
        await using TestStore store = new();
        using ManualResetEventSlim go = new();
        TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (TestHost host = await store.Host([typeof(WhenThingsChange)], options: o => o.DrainTimeout = Drain, journal: j => j.OnRun = _ =>
        {
            began.TrySetResult();
            go.Wait(Token);
        }))
        {
            await store.Put("a");
            await began.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
            Task stop = host.Stop();
            await store.Clock.Armed(Drain);
            go.Set();
            await stop;
            Assert.Contains("saw a", host.Journal.Words);
        }

        await using TestHost next = await store.Host([typeof(WhenThingsChange)]);
        await next.WhenIdle();
        Assert.Empty(next.Journal.Words);
    }

    [Fact]
    public async Task A_batch_that_waits_for_its_retry_is_left_for_the_next_start()
    {
        await using TestStore store = new();
        await store.Put("a");
        await using (TestHost host = await store.Host([typeof(WhenThingsChangeForever)], journal: j => j.OnRun = _ => throw new InvalidOperationException()))
        {
            await store.Clock.Armed(TimeSpan.FromSeconds(7));
            await host.Stop();
        }

        await using TestHost next = await store.Host([typeof(WhenThingsChangeForever)]);
        await next.WhenIdle();
        Assert.Equal(["forever a"], next.Journal.Words);
    }

    [Fact]
    public async Task A_timer_that_does_not_end_in_time_gives_its_slot_back()
    {
        await using TestStore store = new();
        await using (TestHost host = await store.Host([typeof(EveryHour)], options: o => o.DrainTimeout = Drain))
        {
            await host.WhenIdle();
            store.Clock.Advance(TimeSpan.FromMinutes(30));
            await host.Journal.Until("on time");
            Task stop = host.Stop();
            await store.Clock.Armed(Drain);
            store.Clock.Advance(Drain);
            await stop;
        }

        await using TestHost next = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await next.WhenIdle();
        Assert.Equal("past due", next.Journal.Words[0]);
        Assert.Equal("ticked", next.Journal.Words[^1]);
    }

    [Fact]
    public async Task A_request_in_work_is_answered()
    {
        await using TestHost host = await TestHost.Start([typeof(Things)], options: o => o.DrainTimeout = Drain);
        Task<string> asked = host.Client.GetStringAsync("/wait", Token);
        await host.Journal.Until("waiting");
        Task stop = host.Stop();
        await host.Clock.Armed(Drain);
        host.Journal.Open("go");
        Assert.Equal("went", await asked);
        await stop;
    }

    [Fact]
    public async Task A_request_that_does_not_end_in_time_is_cancelled()
    {
        await using TestHost host = await TestHost.Start([typeof(Things)], options: o => o.DrainTimeout = Drain);
        Task<HttpResponseMessage> asked = host.Client.GetAsync("/wait", Token);
        await host.Journal.Until("waiting");
        Task stop = host.Stop();
        await host.Clock.Armed(Drain);
        host.Clock.Advance(Drain);
        await host.Journal.Until("disposed");
        await Task.WhenAny(asked);
        await stop;
    }
}
