using System.Collections.Concurrent;
using Crm.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Suites;

/// <summary>What <see cref="IMessages"/> and <see cref="IMessageReceiver"/> promise.</summary>
public abstract class MessagesPromises : IAsyncLifetime
{
    private const string Queue = Queues.Analysis;
    private static readonly string DeadLetters = Queues.DeadLettersOf(Queue);
    private static readonly TimeSpan Lock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private IMessagesEngine? engine;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    protected IMessages Messages => engine!.Messages;

    protected IMessageReceiver Receiver => engine!.Receiver;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => engine = await Open(Clock);

    public async ValueTask DisposeAsync()
    {
        await engine!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IMessagesEngine> Open(FakeTimeProvider clock);

    [Fact]
    public async Task What_was_sent_is_received()
    {
        await Messages.Send(Queue, [new OutgoingMessage("customers/ann/你好", "m1")], Token);

        var message = await One();

        Assert.Equal((Queue, "m1", "customers/ann/你好", 1, Clock.GetUtcNow()), (message.Queue, message.MessageId, message.Body, message.DeliveryCount, message.EnqueuedAt));
        Assert.Null(message.DeadLetterReason);
    }

    [Fact]
    public async Task A_message_without_an_id_gets_a_new_one()
    {
        await Send("a", "b");

        var ids = (await Receive()).Select(m => m.MessageId).ToList();

        Assert.Equal(2, ids.Distinct().Count());
        Assert.DoesNotContain(ids, string.IsNullOrEmpty);
    }

    [Fact]
    public async Task An_empty_body_is_a_body()
    {
        await Send("");

        Assert.Equal("", (await One()).Body);
    }

    [Fact]
    public async Task Sending_no_messages_sends_none()
    {
        await Send();

        Assert.Empty(await Receive());
    }

    [Fact]
    public async Task An_empty_queue_gives_an_empty_list() => Assert.Empty(await Receive());

    [Fact]
    public async Task At_most_max_messages_are_received_the_oldest_first()
    {
        foreach (var body in new[] { "a", "b", "c" })
        {
            await Send(body);
            Clock.Advance(Second);
        }

        Assert.Equal(["a", "b"], (await Receive(max: 2)).Select(m => m.Body));
        Assert.Equal(["c"], (await Receive(max: 2)).Select(m => m.Body));
    }

    [Fact]
    public async Task A_scheduled_message_is_delivered_no_earlier_than_due()
    {
        var due = Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await Messages.Send(Queue, [new OutgoingMessage("later", DueAt: due), new OutgoingMessage("past", DueAt: Clock.GetUtcNow() - Second)], Token);
        Assert.Equal("past", (await One()).Body);

        Clock.Advance(due - Clock.GetUtcNow() - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(await Receive(), m => m.Body == "later");

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Contains(await Receive(), m => m.Body == "later");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_and_none_of_the_others_sent()
    {
        // Two bytes each in UTF-8.
        var largest = new string('ä', Limits.MessageBytes / 2);

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Send("small", largest + "x"));
        Assert.Empty(await Receive());

        await Send(largest);
        Assert.Equal(largest, (await One()).Body);
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_lock_ends_and_then_comes_again()
    {
        await Send("a");
        var first = await One();
        Clock.Advance(Lock - Second);
        Assert.Empty(await Receive());

        Clock.Advance(Second);
        var second = await One();

        Assert.Equal((first.MessageId, first.Body, 2), (second.MessageId, second.Body, second.DeliveryCount));
        Assert.NotEqual(first.LockToken, second.LockToken);
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        await Send("a");

        var message = await One();
        Assert.True(await Receiver.Complete(message, Token));

        Assert.False(await Receiver.Complete(message, Token));
        Clock.Advance(Lock * 2);
        Assert.Empty(await Receive());
        Assert.Equal(0, (await Receiver.Depth(Queue, Token)).Total);
    }

    [Fact]
    public async Task Who_lost_the_lock_can_do_nothing_with_the_message()
    {
        await Send("a");
        var lost = await One();
        Clock.Advance(Lock);

        async Task Refused()
        {
            Assert.False(await Receiver.Complete(lost, Token));
            Assert.False(await Receiver.Renew(lost, Lock, Token));
            Assert.False(await Receiver.Abandon(lost, Token));
            Assert.False(await Receiver.DeadLetter(lost, "reason", "description", Token));
        }

        await Refused();
        var held = await One();
        await Refused();
        Assert.True(await Receiver.Complete(held, Token));
        Assert.Equal(0, (await Receiver.Depth(DeadLetters, Token)).Total);
    }

    [Fact]
    public async Task A_lock_can_be_renewed_from_now_on()
    {
        await Send("a");
        var message = await One();
        Clock.Advance(Lock - Second);
        Assert.True(await Receiver.Renew(message, Lock, Token));

        Clock.Advance(Lock - Second);
        Assert.Empty(await Receive());
        Assert.True(await Receiver.Complete(message, Token));
    }

    [Fact]
    public async Task An_abandoned_message_comes_again_at_once()
    {
        await Send("a");

        var message = await One();
        Assert.True(await Receiver.Abandon(message, Token));

        Assert.Equal(2, (await One()).DeliveryCount);
        Assert.False(await Receiver.Complete(message, Token));
    }

    [Fact]
    public async Task A_dead_lettered_message_waits_on_its_own_path_with_body_id_count_and_reason()
    {
        await Messages.Send(Queue, [new OutgoingMessage("a", "m1")], Token);
        await Receiver.Abandon(await One(), Token);
        Assert.True(await Receiver.DeadLetter(await One(), "Unreadable", "No such document.", Token));

        Clock.Advance(Lock * 2);
        Assert.Empty(await Receive());
        Assert.Equal(1, (await Receiver.Depth(DeadLetters, Token)).Active);
        var dead = Assert.Single(await Receive(queue: DeadLetters));
        Assert.Equal(("m1", "a", "Unreadable", "No such document."), (dead.MessageId, dead.Body, dead.DeadLetterReason, dead.DeadLetterDescription));
        Assert.True(dead.DeliveryCount >= 2);
        Assert.True(await Receiver.Complete(dead, Token));
        Assert.Equal(0, (await Receiver.Depth(DeadLetters, Token)).Total);
    }

    [Fact]
    public async Task A_message_delivered_too_often_is_dead_lettered_instead()
    {
        await Send("poison");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            Assert.Equal(delivery, (await One()).DeliveryCount);
            Clock.Advance(Lock);
        }

        Assert.Empty(await Receive());
        var dead = Assert.Single(await Receive(queue: DeadLetters));
        Assert.Equal(("poison", "MaxDeliveryCountExceeded"), (dead.Body, dead.DeadLetterReason));
    }

    [Fact]
    public async Task Dead_letters_make_room_for_the_messages_behind_them()
    {
        await Send("poison");
        Clock.Advance(Second);
        for (var delivery = 1; delivery <= 3; delivery++) await Receiver.Abandon(await One(), Token);
        await Send("good");

        Assert.Equal("good", (await Receive(max: 1)).Single().Body);
    }

    [Fact]
    public async Task A_dead_letter_is_delivered_however_often()
    {
        await Send("a");
        await Receiver.DeadLetter(await One(), "reason", "description", Token);

        for (var delivery = 0; delivery < 6; delivery++) await Receiver.Abandon(Assert.Single(await Receive(queue: DeadLetters)), Token);

        Assert.Equal(1, (await Receiver.Depth(DeadLetters, Token)).Total);
    }

    [Fact]
    public async Task Depth_counts_what_waits_is_locked_and_is_scheduled()
    {
        Assert.Equal(new QueueDepth(0, 0, 0, null), await Receiver.Depth(Queue, Token));
        var oldest = Clock.GetUtcNow();
        await Send("a", "b");
        Clock.Advance(Second);
        await Send("c");
        await Messages.Send(Queue, [new OutgoingMessage("d", DueAt: oldest + TimeSpan.FromHours(1))], Token);
        Assert.Equal(new QueueDepth(3, 0, 1, oldest), await Receiver.Depth(Queue, Token));

        await Receive(max: 2);
        Assert.Equal(new QueueDepth(1, 2, 1, oldest), await Receiver.Depth(Queue, Token));

        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new QueueDepth(4, 0, 0, oldest), await Receiver.Depth(Queue, Token));
    }

    [Fact]
    public async Task Many_receivers_complete_each_message_once()
    {
        var bodies = Enumerable.Range(0, 400).Select(i => $"n{i}").ToArray();
        await Send(bodies);
        var completed = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await Receive(max: 5) is { Count: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    if (await Receiver.Complete(message, Token)) completed.Add(message.Body);
                }
            }
        })));

        Assert.Equal(bodies.Order(), completed.Order());
        Assert.Equal(0, (await Receiver.Depth(Queue, Token)).Total);
    }

    private async Task Send(params string[] bodies) => await Messages.Send(Queue, [.. bodies.Select(b => new OutgoingMessage(b))], Token);

    private async Task<IReadOnlyList<ReceivedMessage>> Receive(int max = 10, string? queue = null) =>
        await Receiver.Receive(queue ?? Queue, max, Lock, maxDeliveries: 3, Token);

    private async Task<ReceivedMessage> One() => Assert.Single(await Receive());
}
