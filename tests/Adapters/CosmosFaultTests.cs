using System.Diagnostics.Metrics;
using System.Net;
using Crm.Ports;
using Crm.Tests.Suites;
using Crm.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Adapters;

/// <summary>What the adapter answers when the service fails, loses an answer, or has enough; always in memory.</summary>
public sealed class CosmosFaultTests : DocumentsSuite
{
    private static readonly CosmosFault Lost = new(null, Happened: true);

    private CosmosEngine engine = null!;

    protected override async ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => engine = await CosmosEngine.Open(clock, inMemory: true);

    private CosmosGateway Gateway => engine.Gateway;

    [Theory]
    [InlineData(null)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    public async Task A_create_whose_answer_was_lost_is_written_and_does_not_find_itself(HttpStatusCode? status)
    {
        var key = Identity("email:ann@example.org");
        Gateway.FailWrites(new CosmosFault(status, Happened: true));

        var outcome = await Documents.Put(new DocumentWrite(key, Body(key), Precondition.Absent), Token);

        Assert.Equal((await Current(key)).ETag, Assert.IsType<WriteOutcome.Written>(outcome).ETag);
        Assert.Equal(0, Gateway.FaultsLeft);
    }

    [Fact]
    public async Task A_change_a_put_and_a_delete_whose_answer_was_lost_are_written()
    {
        var key = Customer("ann", "note");
        var etag = await Put(key);

        Gateway.FailWrites(Lost);
        var changed = Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, Body(key, ("n", 1)), Precondition.Match(etag)), Token));
        Assert.Equal(changed.ETag, (await Current(key)).ETag);

        Gateway.FailWrites(Lost);
        Assert.Equal(Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, Body(key, ("n", 2))), Token)).ETag, (await Current(key)).ETag);

        Gateway.FailWrites(Lost);
        Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, default, Token));
        Assert.Null(await Documents.Get(key, Token));
        Assert.Equal(0, Gateway.FaultsLeft);
    }

    [Fact]
    public async Task A_batch_whose_answer_was_lost_is_written()
    {
        var (a, b) = (Customer("ann", "a"), Customer("ann", "b"));
        Gateway.FailWrites(Lost);

        var outcome = await Documents.Batch([new DocumentWrite(a, Body(a), Precondition.Absent), new DocumentWrite(b, Body(b))], Token);

        Assert.Equal([(await Current(a)).ETag, (await Current(b)).ETag], Assert.IsType<BatchOutcome.Written>(outcome).ETags);
        Assert.Equal(0, Gateway.FaultsLeft);
    }

    [Fact]
    public async Task A_create_that_lost_its_answer_to_nobody_still_finds_a_stranger()
    {
        var key = Identity("email:ann@example.org");
        await Put(key);
        Gateway.FailWrites(new CosmosFault(null));

        Assert.IsType<WriteOutcome.Exists>(await Documents.Put(new DocumentWrite(key, Body(key), Precondition.Absent), Token));
        Assert.Equal(0, Gateway.FaultsLeft);
    }

    [Fact]
    public async Task A_write_that_is_throttled_for_a_moment_is_written()
    {
        var key = Customer("ann", "note");
        Gateway.FailWrites(new CosmosFault(HttpStatusCode.TooManyRequests, SubStatus: 3200), new CosmosFault(HttpStatusCode.TooManyRequests, SubStatus: 3200));

        await Put(key);

        Assert.Equal(0, Gateway.FaultsLeft);
    }

    [Fact]
    public async Task Throttled_beyond_the_budget_the_store_is_unavailable_and_says_when_to_come_back()
    {
        var key = Customer("ann", "note");
        Gateway.FailWrites([.. Enumerable.Repeat(new CosmosFault(HttpStatusCode.TooManyRequests, SubStatus: 3200), 10)]);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Documents.Put(new DocumentWrite(key, Body(key)), Token));

        Assert.Equal(TimeSpan.FromMilliseconds(1), error.RetryAfter);
        Assert.Null(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task A_write_that_is_never_answered_in_time_leaves_the_store_unavailable_and_nothing_written()
    {
        var key = Customer("ann", "note");
        CosmosFault[] never = [.. Enumerable.Repeat(new CosmosFault(HttpStatusCode.RequestTimeout), 3)];

        Gateway.FailWrites(never);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Documents.Put(new DocumentWrite(key, Body(key)), Token));
        Gateway.FailWrites(never);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Documents.Batch([new DocumentWrite(key, Body(key))], Token));

        Assert.Equal(0, Gateway.FaultsLeft);
        Assert.Null(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task Reads_are_tried_again()
    {
        var key = Customer("ann", "note");
        await Put(key, ("timelineAt", "2026"));

        Gateway.FailReads(new CosmosFault(HttpStatusCode.TooManyRequests, SubStatus: 3200));
        Assert.NotNull(await Documents.Get(key, Token));
        Gateway.FailReads(new CosmosFault(HttpStatusCode.TooManyRequests, SubStatus: 3200));
        Assert.Single((await Documents.Query(new DocumentQuery(Containers.Customers, "ann", [], "timelineAt"), Token)).Documents);
        Gateway.FailReads(new CosmosFault(HttpStatusCode.TooManyRequests, SubStatus: 3200));
        Assert.Single((await Documents.Feed(Containers.Customers, null, 10, Token)).Changes);
        Assert.Equal(0, Gateway.FaultsLeft);
    }

    [Fact]
    public async Task What_requests_cost_is_measured()
    {
        var operations = new HashSet<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "crm.cosmos.request_charge") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, charge, tags, _) =>
        {
            lock (operations)
            {
                foreach (var tag in tags)
                {
                    if (tag.Key == "operation" && charge > 0) operations.Add(tag.Value as string);
                }
            }
        });
        listener.Start();

        var key = Customer("ann", "note");
        await Put(key);
        await Documents.Get(key, Token);
        await Documents.Batch([new DocumentWrite(key, Body(key))], Token);
        await Documents.Query(new DocumentQuery(Containers.Customers, "ann", []), Token);
        await Documents.Feed(Containers.Customers, null, 10, Token);

        Assert.Superset(new HashSet<string?> { "upsert", "read", "batch", "query", "feed" }, operations);
    }
}
