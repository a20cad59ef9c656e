using System.Globalization;
using System.Text.Json;
using Crm.EmbeddedHost;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Tests.EmbeddedHost;

public sealed class Idleness
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_from_feed_to_queue_to_feed_is_settled_when_the_runtime_is_idle(bool signal)
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(WhenCounted), typeof(OnCount)], signal: signal);
        for (int round = 0; round < 5; round++)
        {
            await store.Put($"count-{round}-40");
            await host.WhenIdle();
            Assert.Equal(40 * (round + 1), host.Journal.Words.Count);
            Assert.NotNull(await store.Documents.Get(new("inbox", $"count-{round}-0", $"count-{round}-0"), Token));
        }
    }

    [Fact]
    public async Task It_is_not_idle_while_a_function_runs()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)]);
        await store.Send("wait");
        await host.Journal.Until("began wait");
        Task idle = host.Runtime.WhenIdle(Token);
        await store.Depth();
        Assert.False(idle.IsCompleted);
        host.Journal.Open("wait");
        await idle;
        Assert.Contains("did wait", host.Journal.Words);
    }

    [Fact]
    public async Task It_is_not_idle_while_a_batch_runs_whose_documents_expired_meanwhile()
    {
        await using TestStore store = new();
        using ManualResetEventSlim go = new();
        TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestHost host = await store.Host([typeof(WhenThingsChange)], journal: j => j.OnRun = _ =>
        {
            began.TrySetResult();
            go.Wait(Token);
        });
        await store.Documents.Put(new(new("inbox", "a", "a"), "{\"id\":\"a\"}"u8.ToArray(), TimeToLive: TimeSpan.FromMinutes(1)), Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        store.Clock.Advance(TimeSpan.FromMinutes(2));
        Task idle = host.Runtime.WhenIdle(Token);
        Assert.False(idle.IsCompleted);
        go.Set();
        await idle;
        Assert.Contains("saw a", host.Journal.Words);
    }

    [Fact]
    public async Task A_pump_that_was_at_rest_is_asked_again_when_another_moved_meanwhile()
    {
        Movement movement = new();
        ScriptedPump first = new(true, false, true);
        ScriptedPump second = new(true, true) { Asked = asked => { if (asked == 1) movement.Note(); } };
        first.Nudged = movement.Note;
        await new Idle([first, second], movement).Reached(Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal((3, 1, 2), (first.Times, first.Nudges, second.Times));
    }

    private sealed class ScriptedPump(params bool[] atRest) : IPump
    {
        public int Times { get; private set; }

        public int Nudges { get; private set; }

        public Action<int> Asked { get; init; } = _ => { };

        public Action Nudged { get; set; } = () => { };

        public FunctionMetadata Function => throw new NotSupportedException();

        public Task Run() => Task.CompletedTask;

        public ValueTask<bool> IsAtRest(CancellationToken token)
        {
            Asked(++Times);
            return new(atRest[Times - 1]);
        }

        public void Nudge()
        {
            Nudges++;
            Nudged();
        }

        public ValueTask<FunctionStatus> Status(CancellationToken token) => throw new NotSupportedException();
    }

    [Fact]
    public async Task The_status_tells_what_waits_and_for_how_long()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork), typeof(WhenThingsChange), typeof(EveryHour)], options: o => (o.MaxConcurrentCalls, o.Prefetch) = (1, 0));
        await host.WhenIdle();
        await store.Send("wait");
        await host.Journal.Until("began wait");
        await store.Send("b", "c");
        store.Clock.Advance(TimeSpan.FromSeconds(10));
        IReadOnlyList<FunctionStatus> all = await host.Runtime.Status(Token);
        Assert.Equal(["EveryHour", "OnWork", "WhenThingsChange"], all.Select(s => s.Name));
        Assert.Equal(("timer", "0 0 * * * *", 0L), (all[0].Trigger, all[0].Source, all[0].Pending));
        Assert.Equal(("queue", "work", 1, 2L), (all[1].Trigger, all[1].Source, all[1].Running, all[1].Pending));
        Assert.Equal(("feed", "inbox", 0, 0L), (all[2].Trigger, all[2].Source, all[2].Running, all[2].Pending));
        Assert.Equal(TimeSpan.FromSeconds(10), all[1].Lag);
        host.Journal.Open("wait");
        await host.WhenIdle();
        Assert.Equal((0L, null), ((await host.Runtime.Status(Token))[1].Pending, (await host.Runtime.Status(Token))[1].Lag));
        Assert.Equal(store.Clock.GetUtcNow(), (await host.Runtime.Status(Token))[1].LastSuccess);
    }
}

public sealed class WhenCounted(IMessages messages)
{
    [Function("WhenCounted")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public async Task Run([CosmosDBTrigger("db", "inbox", LeaseContainerPrefix = "count", StartFromBeginning = true)] IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        foreach (JsonElement change in changes)
        {
            string id = change.GetProperty("id").GetString()!;
            if (!id.EndsWith("-0", StringComparison.Ordinal)) await messages.Send("work", [new(id)], token);
        }
    }
}

public sealed class OnCount(IDocuments documents, Journal journal)
{
    [Function("OnCount")]
    public async Task Run([ServiceBusTrigger("work")] string body, CancellationToken token)
    {
        journal.Add(body);
        string[] parts = body.Split('-');
        string next = $"{parts[0]}-{parts[1]}-{int.Parse(parts[2], CultureInfo.InvariantCulture) - 1}";
        await documents.Put(new(new("inbox", next, next), System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{next}}"}""")), token);
    }
}
