using Crm.Ports;

namespace Crm.Tests.Suites;

public abstract partial class DocumentsPromises
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Past_its_time_to_live_a_document_is_gone_at_once_for_every_reader()
    {
        var key = Customer("ann", "code");
        await Documents.Put(new DocumentWrite(key, Body(key, ("timelineAt", "2026"), ("kind", "code"), ("createdAt", "2026")), TimeToLive: Hour), Token);

        Clock.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Documents.Get(key, Token));

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await Documents.Get(key, Token));
        Assert.Empty((await Documents.Query(new DocumentQuery(Containers.Customers, "ann", []), Token)).Documents);
        Assert.Empty((await Documents.Query(new DocumentQuery(Containers.Customers, null, [new Condition.Equal("kind", "code")], "createdAt"), Token)).Documents);
        Assert.Empty((await Documents.Feed(Containers.Customers, null, 10, Token)).Changes);
    }

    [Fact]
    public async Task An_expired_document_is_absent_for_preconditions_too()
    {
        async Task<(DocumentKey Key, string ETag)> Expired(string id)
        {
            var key = Identity(id);
            var written = await Documents.Put(new DocumentWrite(key, Body(key), TimeToLive: Hour), Token);
            return (key, Assert.IsType<WriteOutcome.Written>(written).ETag);
        }
        var (claimed, matched, deleted) = (await Expired("event:1"), await Expired("event:2"), await Expired("event:3"));
        Clock.Advance(Hour);

        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(claimed.Key, Body(claimed.Key), Precondition.Absent), Token));
        Assert.IsType<WriteOutcome.Missing>(await Documents.Put(new DocumentWrite(matched.Key, Body(matched.Key), Precondition.Match(matched.ETag)), Token));
        Assert.IsType<WriteOutcome.Missing>(await Documents.Delete(deleted.Key, default, Token));
        Assert.NotNull(await Documents.Get(claimed.Key, Token));
    }

    [Fact]
    public async Task Time_to_live_counts_from_the_latest_write()
    {
        var key = Identity("event:1");
        await Documents.Put(new DocumentWrite(key, Body(key), TimeToLive: Hour), Token);
        Clock.Advance(Hour / 2);
        await Documents.Put(new DocumentWrite(key, Body(key), TimeToLive: Hour), Token);
        Clock.Advance(Hour / 2);
        Assert.NotNull(await Documents.Get(key, Token));

        await Put(key);
        Clock.Advance(TimeSpan.FromDays(1000));
        Assert.NotNull(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task Without_one_of_its_own_a_write_has_the_containers_time_to_live()
    {
        var (usual, longer, shorter) = (Receipt("r1"), Receipt("r2"), Receipt("r3"));
        await Put(usual);
        await Documents.Put(new DocumentWrite(longer, Body(longer), TimeToLive: TimeSpan.FromDays(60)), Token);
        await Documents.Put(new DocumentWrite(shorter, Body(shorter), TimeToLive: TimeSpan.FromDays(1)), Token);

        Clock.Advance(TimeSpan.FromDays(2));
        Assert.NotNull(await Documents.Get(usual, Token));
        Assert.Null(await Documents.Get(shorter, Token));

        Clock.Advance(Containers.Named(Containers.Inbox).TimeToLive!.Value);
        Assert.Null(await Documents.Get(usual, Token));
        Assert.NotNull(await Documents.Get(longer, Token));
    }
}
