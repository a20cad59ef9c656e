using Crm.EmbeddedHost;

namespace Crm.Tests.EmbeddedHost;

public sealed class SteppingBack
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3.3);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(.7);
    private static readonly Type[] Functions = [typeof(Things), typeof(WhenThingsChange), typeof(OnWork)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_feed_pauses_while_requests_are_many_until_they_are_answered_or_the_pause_ends(bool answered)
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host(Functions, options: Busy);
        Task<string> asked = await Ask(host);
        await store.Put("a");
        await store.Clock.Armed(Calm);
        await store.Put("b");
        Assert.DoesNotContain("saw b", host.Journal.Words);
        if (answered)
        {
            host.Journal.Open("go");
            await asked;
        }
        store.Clock.Advance(answered ? Calm : Pause);
        await host.Journal.Until("saw b");
        host.Journal.Open("go");
        await asked;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_queue_pauses_while_requests_are_many_until_they_are_answered_or_the_pause_ends(bool answered)
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host(Functions, options: Busy);
        Task<string> asked = await Ask(host);
        await store.Send("a");
        await store.Clock.Armed(Calm);
        await store.Send("b");
        Assert.Equal(1, (await store.Depth()).Active);
        if (answered)
        {
            host.Journal.Open("go");
            await asked;
        }
        store.Clock.Advance(answered ? Calm : Pause);
        await host.Journal.Until("did b");
        host.Journal.Open("go");
        await asked;
    }

    [Fact]
    public void What_has_waited_long_is_worked_on_at_full_speed()
    {
        TestClock clock = new();
        RequestLoad load = new(new() { BusyRequests = 0, MaxLag = TimeSpan.FromSeconds(30) }, clock);
        load.Begin();
        Assert.False(load.StepBack(clock.GetUtcNow() - TimeSpan.FromSeconds(30), Token).AsTask().IsCompleted);
        Assert.True(load.StepBack(clock.GetUtcNow() - TimeSpan.FromSeconds(31), Token).AsTask().IsCompleted);
    }

    [Fact]
    public async Task Few_requests_slow_nothing_down()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host(Functions, options: o => (o.BusyRequests, o.MaxPause, o.CalmAfter) = (1, Pause, Calm));
        Task<string> asked = await Ask(host);
        await store.Put("a");
        await host.WhenIdle();
        await store.Put("b");
        await host.WhenIdle();
        Assert.Equal(0, store.Clock.ArmedSoFar(Calm));
        host.Journal.Open("go");
        await asked;
    }

    private static void Busy(FunctionsOptions options) => (options.BusyRequests, options.MaxPause, options.CalmAfter) = (0, Pause, Calm);

    /// <summary>A request that is being answered until the gate opens.</summary>
    private static async Task<Task<string>> Ask(TestHost host)
    {
        Task<string> asked = host.Client.GetStringAsync("/wait", Token);
        await host.Journal.Until("waiting");
        return asked;
    }
}
