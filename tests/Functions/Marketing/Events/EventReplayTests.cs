using Crm.Marketing.Events;

namespace Crm.Tests.Functions.Marketing.Events;

/// <summary>The checkpoint of a replay.</summary>
public sealed class EventReplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_page_is_counted_and_the_last_ends_it()
    {
        var replay = new EventReplay { Id = "r", Type = "t", State = EventReplayState.Running, CreatedAt = Now, ChangedAt = Now, SortAt = Now };
        var first = replay.After([], ["a", "b"], "b", Now);
        Assert.Equal((EventReplayState.Running, 1), (first.State, first.Pages));
        var second = first.After([ReplayStep.Replayed, ReplayStep.StillFailing], ["c"], null, Now);
        var done = second.After([ReplayStep.PassedOver], [], null, Now.AddMinutes(1));
        Assert.Equal((EventReplayState.Done, 1, 1, 1, 3), (done.State, done.Replayed, done.StillFailing, done.PassedOver, done.Pages));
        Assert.Equal(Now.AddMinutes(1), done.ChangedAt);
    }
}
