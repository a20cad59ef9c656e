using System.Text.Json;
using Crm.Communications;
using Crm.Model;
using Crm.Ports;
using Crm.Tests.Support;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Functions.Communications;

/// <summary>Messages find their conversation whatever the order of their arrival, on the real store.</summary>
public sealed class ThreadingTests(ThreadingTests.Shared shared) : IClassFixture<ThreadingTests.Shared>
{
    private static int s_customers;

    [Fact]
    public async Task An_answer_joins_by_the_message_it_names() =>
        Assert.Equal([["a", "b", "c"]], await Threads(Mails.Of("a", mail: "m-1"), Mails.Of("b", "message.sent", mail: "m-2", answers: "m-1"), Mails.Of("c", mail: "m-3", references: ["m-1", "m-2"])));

    [Fact]
    public async Task An_answer_that_comes_first_is_joined_by_what_it_answers() =>
        Assert.Equal([["a", "b"]], await Threads(Mails.Of("b", mail: "m-2", answers: "m-1"), Mails.Of("a", mail: "m-1")));

    [Fact]
    public async Task Two_conversations_that_turn_out_to_be_one_become_one() =>
        Assert.Equal([["a", "b", "c", "d"]], await Threads(
            Mails.Of("a", mail: "m-1"), Mails.Of("c", mail: "m-3", answers: "m-2"), Mails.Of("d", mail: "m-4", answers: "m-3"), Mails.Of("b", mail: "m-2", answers: "m-1")));

    [Fact]
    public async Task A_subject_alone_joins_nothing() =>
        Assert.Equal([["a"], ["b"]], await Threads(Mails.Of("a", mail: "m-1"), Mails.Of("b", mail: "m-2", hour: 1)));

    [Fact]
    public async Task A_bare_answer_joins_by_subject_and_mailbox_within_a_week() =>
        Assert.Equal([["a", "b"], ["c"], ["d"], ["e"]], await Threads(
            Mails.Of("a", mail: "m-1"),
            Mails.Of("b", mail: "m-2", subject: "Re: Order", hour: 24),
            Mails.Of("c", mail: "m-3", subject: "Re: Order", hour: 24 * 9),
            Mails.Of("d", mail: "m-4", subject: "Re: Other", hour: 24),
            Mails.Of("e", mail: "m-5", subject: "Re: Order", hour: 24, mailbox: "sales@company.example")));

    [Fact]
    public async Task A_token_joins() =>
        Assert.Equal([["a", "b"]], await Threads(Mails.Of("a", token: "t-1", mail: "m-1", subject: "One"), Mails.Of("b", token: "t-1", mail: "m-2", subject: "Two")));

    [Fact]
    public async Task A_chat_s_own_conversations_are_kept() =>
        Assert.Equal([["a", "b"], ["c"]], await Threads(
            Mails.Of("a", channel: Channel.Slack, conversation: "x"), Mails.Of("b", channel: Channel.Slack, conversation: "x", hour: 100), Mails.Of("c", channel: Channel.Slack, conversation: "y")));

    [Fact]
    public async Task A_chat_without_conversations_ends_with_a_day_of_silence() =>
        Assert.Equal([["a", "b", "c"], ["d"]], await Threads(
            Mails.Of("a", channel: Channel.Sms), Mails.Of("c", channel: Channel.Sms, hour: 30), Mails.Of("b", channel: Channel.Sms, hour: 15), Mails.Of("d", channel: Channel.Sms, hour: 100)));

    [Fact]
    public async Task Two_people_never_share_a_conversation_and_a_claim_is_shown()
    {
        var mail = $"m-{Guid.NewGuid():N}";
        var (ann, stranger) = (NewCustomer(), NewCustomer());
        await shared.Place(Mails.Of("a", mail: mail, customer: ann));
        await shared.Place(Mails.Of("b", mail: mail + "-2", answers: mail, customer: stranger) with { From = new Party("eve@example.net", null) });
        var claim = Assert.Single(await shared.MessagesOf(stranger)).Answers!;
        Assert.Equal((ann, Message.IdOf(ann, "a"), false), (claim.CustomerId, claim.MessageId, claim.IsParticipant));
        Assert.Single(await shared.MessagesOf(ann));

        var colleague = NewCustomer();
        await shared.Place(Mails.Of("c", mail: mail + "-3", answers: mail, customer: colleague) with { From = new Party("Support@Company.example", null) });
        Assert.True(Assert.Single(await shared.MessagesOf(colleague)).Answers!.IsParticipant);

        var pretender = NewCustomer();
        await shared.Place(Mails.Of("d", mail: mail + "-4", answers: mail, customer: pretender) with { From = new Party("support@company.example", null), Trust = Trust.Claimed });
        Assert.False(Assert.Single(await shared.MessagesOf(pretender)).Answers!.IsParticipant);
    }

    [Fact]
    public async Task An_answer_to_a_conversation_s_own_token_joins_it_and_a_stranger_s_does_not()
    {
        var (ann, stranger) = (NewCustomer(), NewCustomer());
        await shared.Place(Mails.Of("a", mail: "m-1", customer: ann));
        var token = Assert.Single(await shared.ConversationsOf(ann)).ReplyToken!;
        await shared.Place(Mails.Of("b", mail: "m-2", subject: "Something else", token: token, customer: ann));
        await shared.Place(Mails.Of("c", mail: "m-3", token: token, customer: stranger));
        Assert.Equal(2, Assert.Single(await shared.ConversationsOf(ann)).Messages);
        Assert.Single(await shared.ConversationsOf(stranger));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("c")]
    public async Task What_people_said_of_either_of_two_outlives_their_joining(string which)
    {
        var customer = NewCustomer();
        await shared.Place(Mails.Of("a", mail: "m-1", customer: customer), Mails.Of("c", mail: "m-3", answers: "m-2", customer: customer));
        await shared.Set((await shared.ConversationsOf(customer)).Single(c => c.Id.EndsWith(which, StringComparison.Ordinal)) with { Assignee = "eve", Subject = "Refund", SubjectIsSet = true });
        await shared.Place(Mails.Of("b", mail: "m-2", answers: "m-1", customer: customer));
        var joined = Assert.Single(await shared.ConversationsOf(customer));
        Assert.Equal((3, "eve", "Refund"), (joined.Messages, joined.Assignee, joined.Subject));
    }

    [Theory]
    [InlineData("a", "open")]
    [InlineData("c", "open")]
    [InlineData("ac", "closed")]
    public async Task What_is_open_in_either_of_two_stays_open(string closed, string status)
    {
        var customer = NewCustomer();
        await shared.Place(Mails.Of("a", mail: "m-1", customer: customer), Mails.Of("c", mail: "m-3", answers: "m-2", customer: customer));
        foreach (var conversation in (await shared.ConversationsOf(customer)).Where(c => closed.Contains(c.Id[^1], StringComparison.Ordinal)))
            await shared.Set(conversation with { SetStatus = new SetStatus(ConversationStatus.Closed, Mails.Start.AddHours(2)) });
        await shared.Place(Mails.Of("b", "message.auto-replied", mail: "m-2", answers: "m-1", customer: customer));
        Assert.Equal(status, Assert.Single(await shared.ConversationsOf(customer)).Status.ToString().ToLowerInvariant());
    }

    [Fact]
    public async Task A_repeat_changes_nothing()
    {
        var customer = NewCustomer();
        var mail = Mails.Of("a", mail: "m-1", customer: customer);
        await shared.Place(mail);
        var before = await shared.Snapshot(customer);
        await shared.Place(mail, mail);
        Assert.Equal(before, await shared.Snapshot(customer));
        Assert.Equal(1, Assert.Single(await shared.ConversationsOf(customer)).Messages);
    }

    /// <summary>Random webs of mails that name each other: the same conversations, counts and times in any order, with repeats.</summary>
    [Fact]
    public async Task Any_order_of_arrival_gives_the_same_conversations()
    {
        var gen = from count in Gen.Choose(2, 8)
                  from links in Gen.Choose(-1, 7).ListOf(count)
                  from hours in Gen.Choose(0, 300).ListOf(count)
                  from answers in Gen.Choose(0, 3).ListOf(count)
                  from seed in Gen.Choose(0, int.MaxValue)
                  select (Count: count, Links: links, Hours: hours, Bare: answers, Seed: seed);
        foreach (var web in gen.Sample(25, 10))
        {
            Activity[] mails =
            [
                .. Enumerable.Range(0, web.Count).Select(i => Mails.Of(
                    $"a{i}", mail: $"m-{i}", answers: web.Links[i] >= 0 && web.Links[i] < web.Count && web.Links[i] != i && web.Bare[i] != 0 ? $"m-{web.Links[i]}" : null,
                    subject: web.Bare[i] == 0 ? "Re: Order" : "Order", hour: web.Hours[i])),
            ];
            var expected = await Threads(mails);
            var mixed = mails.Concat(mails.Take(3)).ToArray();
            new Random(web.Seed).Shuffle(mixed);
            Assert.Equal(expected, await Threads(mixed));
        }
    }

    [Fact]
    public async Task Many_at_once_are_all_placed_once()
    {
        var customer = NewCustomer();
        var mails = Enumerable.Range(0, 12).Select(i => Mails.Of($"a{i}", mail: $"m-{i}", answers: i == 0 ? null : $"m-{(i - 1) / 2}", customer: customer)).ToList();
        await Task.WhenAll(mails.Concat(mails).Select(m => shared.Place(m)));
        var conversation = Assert.Single(await shared.ConversationsOf(customer));
        Assert.Equal(12, conversation.Messages);
        Assert.All(await shared.MessagesOf(customer), m => Assert.Equal(conversation.Id, m.ConversationId));
    }

    private static string NewCustomer() => $"customer-{Interlocked.Increment(ref s_customers)}";

    /// <summary>The ids of the activities of each conversation of a new customer, told in this order.</summary>
    private async Task<string[][]> Threads(params Activity[] activities)
    {
        var customer = NewCustomer();
        foreach (var activity in activities) await shared.Place(activity with { CustomerId = customer });
        var messages = await shared.MessagesOf(customer);
        var conversations = await shared.ConversationsOf(customer);
        Assert.Equal(messages.Select(m => m.ConversationId).Distinct().Order(StringComparer.Ordinal), conversations.Select(c => c.Id).Order(StringComparer.Ordinal));
        Assert.All(conversations, c =>
        {
            var own = messages.Where(m => m.ConversationId == c.Id).ToList();
            Assert.Equal((own.Count, own.Min(m => m.At), own.Max(m => m.At)), (c.Messages, c.FirstAt, c.LastAt));
        });
        return [.. messages.GroupBy(m => m.ConversationId).Select(g => g.Select(m => m.ActivityId!).Order(StringComparer.Ordinal).ToArray()).OrderBy(g => g[0], StringComparer.Ordinal)];
    }

    public sealed class Shared : IAsyncLifetime
    {
        private World _world = null!;

        public async ValueTask InitializeAsync() => _world = await World.Begin();

        public ValueTask DisposeAsync() => _world.DisposeAsync();

        public Task Place(params Activity[] activities) => Follower.Follow([.. activities.Select(a => JsonSerializer.SerializeToElement(a, ModelJson.Crm.Activity))], TestContext.Current.CancellationToken);

        public async Task Set(Conversation conversation) => Assert.IsType<WriteOutcome.Written>(
            await _world.Documents.Put(Conversation.KeyOf(conversation.Id)!.Value, conversation, CommunicationsJson.Crm.Conversation, TestContext.Current.CancellationToken));

        public async Task<List<Message>> MessagesOf(string customer) => [.. (await All(customer, "threadAt")).Select(d => d.As(CommunicationsJson.Crm.Message).Value)];

        public async Task<List<Conversation>> ConversationsOf(string customer) => [.. (await All(customer, "conversationAt")).Select(d => d.As(CommunicationsJson.Crm.Conversation).Value)];

        public async Task<string> Snapshot(string customer) => string.Join('\n', (await All(customer, null)).Select(d => $"{d.Key.Id} {d.ETag}"));

        private PlaceMessages Follower => _world.Services.GetServices<IFollowsCustomers>().OfType<PlaceMessages>().Single();

        private async Task<List<StoredDocument>> All(string customer, string? order)
        {
            var page = await _world.Documents.Query(new DocumentQuery(Containers.Customers, customer, [], order, Limit: 1000), TestContext.Current.CancellationToken);
            return [.. page.Documents];
        }
    }
}
