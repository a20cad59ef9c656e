using Crm.EmbeddedHost;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.EmbeddedHost;

/// <summary>Feeds and queues step back while requests are many, and never stop for good.</summary>
public sealed class RequestLoadTests
{
    private static readonly FunctionsOptions Options = new() { BusyRequests = 2, MaxPause = TimeSpan.FromSeconds(1), MaxLag = TimeSpan.FromSeconds(30) };

    private readonly FakeTimeProvider _clock = new();
    private readonly RequestLoad _load;

    public RequestLoadTests() => _load = new RequestLoad(Options, _clock);

    [Fact]
    public void Few_requests_hold_nobody_up()
    {
        Begin(2);
        Assert.True(StepBack(TimeSpan.Zero).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Many_requests_are_waited_for_until_enough_have_ended()
    {
        Begin(4);
        var waiting = StepBack(TimeSpan.Zero);
        _load.End();
        Assert.False(waiting.IsCompleted);
        _load.End();
        await waiting;
    }

    [Fact]
    public async Task They_are_waited_for_no_longer_than_the_pause()
    {
        Begin(3);
        var waiting = StepBack(TimeSpan.Zero);
        Assert.False(waiting.IsCompleted);
        _clock.Advance(Options.MaxPause);
        await waiting;
    }

    [Fact]
    public void What_has_waited_too_long_waits_no_more()
    {
        Begin(3);
        Assert.True(StepBack(Options.MaxLag + TimeSpan.FromTicks(1)).IsCompletedSuccessfully);
        Assert.False(StepBack(Options.MaxLag).IsCompleted);
    }

    [Fact]
    public async Task Two_that_wait_go_on_together_and_later_ones_wait_anew()
    {
        Begin(3);
        var both = Task.WhenAll(StepBack(TimeSpan.Zero), StepBack(TimeSpan.Zero));
        _load.End();
        await both;
        Begin(1);
        Assert.False(StepBack(TimeSpan.Zero).IsCompleted);
    }

    private void Begin(int requests)
    {
        for (var i = 0; i < requests; i++) _load.Begin();
    }

    private Task StepBack(TimeSpan age) => _load.StepBack(_clock.GetUtcNow() - age, TestContext.Current.CancellationToken).AsTask();
}
