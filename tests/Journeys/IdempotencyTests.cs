using System.Net;
using System.Text;
using Crm.Operations;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Idempotency-Key: a POST that is sent again is carried out once and answered alike.</summary>
public sealed class IdempotencyTests
{
    private const string Ann = """{"name":"Ann","emails":["ann@example.org"]}""";

    [Fact]
    public async Task The_same_request_again_gets_the_same_answer_and_makes_nothing_new()
    {
        await using var world = await World.Begin();
        using var first = await Post(world.Admin, "order-1", Ann);
        using var again = await Post(world.Admin, "order-1", Ann);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await Body(first), await Body(again));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.False(first.Headers.Contains(IdempotencyKeys.ReplayedHeader));
        Assert.Equal("true", Assert.Single(again.Headers.GetValues(IdempotencyKeys.ReplayedHeader)));
        Assert.Single((await world.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task A_refusal_is_repeated_too()
    {
        await using var world = await World.Begin();
        using var first = await Post(world.Admin, "order-1", """{"name":7}""");
        using var again = await Post(world.Admin, "order-1", """{"name":7}""");
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("application/problem+json", again.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await Body(first), await Body(again));
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_a_conflict_that_writes_nothing()
    {
        await using var world = await World.Begin();
        using var first = await Post(world.Admin, "order-1", Ann);
        using var other = await Post(world.Admin, "order-1", """{"name":"Ben"}""");
        var problem = await other.Json(HttpStatusCode.Conflict);
        Assert.Equal("/problems/idempotency-key-reused", problem.Text("type"));
        Assert.Single((await world.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task A_key_is_its_callers_own_and_is_forgotten_after_a_day()
    {
        await using var world = await World.Begin();
        using var agent = await world.As(Role.Agent);
        await (await Post(world.Admin, "order-1", """{"name":"Ann"}""")).Json(HttpStatusCode.Created);
        await (await Post(agent, "order-1", """{"name":"Ben"}""")).Json(HttpStatusCode.Created);
        world.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await (await Post(world.Admin, "order-1", """{"name":"Cat"}""")).Json(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Many_at_once_make_one()
    {
        await using var world = await World.Begin();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Post(world.Admin, "order-1", Ann)));
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Contains(answers, a => a.StatusCode == HttpStatusCode.Created);
        using var later = await Post(world.Admin, "order-1", Ann);
        Assert.Equal(HttpStatusCode.Created, later.StatusCode);
        Assert.Single((await world.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task A_try_that_died_after_its_write_is_made_again_with_the_same_id()
    {
        var world = await World.Begin();
        using var first = await Post(world.Admin, "order-1", Ann);
        var made = await first.Json(HttpStatusCode.Created);
        await ForgetTheAnswer(world);
        await using var restarted = await world.Restart();
        using var again = await Post(restarted.Admin, "order-1", Ann);
        Assert.Equal(made.Text("id"), (await again.Json(HttpStatusCode.Created)).Text("id"));
        Assert.Single((await restarted.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task While_the_first_try_runs_the_second_is_asked_to_wait()
    {
        await using var world = await World.Begin();
        using var first = await Post(world.Admin, "order-1", Ann);
        await ForgetTheAnswer(world);
        using var again = await Post(world.Admin, "order-1", Ann);
        Assert.Equal("/problems/still-running", (await again.Json(HttpStatusCode.Conflict)).Text("type"));
        Assert.Equal(TimeSpan.FromSeconds(1), again.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task An_answer_with_a_secret_is_not_kept()
    {
        await using var world = await World.Begin();
        using var first = await Post(world.Admin, "key-1", """{"name":"shop","role":"integration"}""", "/api/keys");
        var secret = (await first.Json(HttpStatusCode.Created)).Text("key");
        using var again = await Post(world.Admin, "key-1", """{"name":"shop","role":"integration"}""", "/api/keys");
        var problem = await again.Json(HttpStatusCode.Conflict);
        Assert.Equal("/problems/answer-not-kept", problem.Text("type"));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        var kept = await world.Documents.Query(new DocumentQuery(Containers.Identities, null, [], Limit: Limits.PageSize), TestContext.Current.CancellationToken);
        Assert.All(kept.Documents, d => Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))[..20], Encoding.UTF8.GetString(d.Json.Span), StringComparison.Ordinal));
        Assert.Single((await world.Admin.Read("/api/keys")).Items(), k => k.Text("name") == "shop");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task A_key_that_is_none_is_refused_by_header(string key)
    {
        await using var world = await World.Begin();
        using var answer = await Post(world.Admin, key, Ann);
        var problem = await answer.Json(HttpStatusCode.BadRequest);
        Assert.Equal("Idempotency-Key", problem["errors"]![0]!.Text("header"));
    }

    /// <summary>The state that a process leaves which dies between its write and its answer.</summary>
    private static async Task ForgetTheAnswer(World world)
    {
        var page = await world.Documents.Query(new DocumentQuery(Containers.Identities, null, [], Limit: Limits.PageSize), TestContext.Current.CancellationToken);
        var stored = Assert.Single(page.Documents, d => d.Key.Id.StartsWith("idem-", StringComparison.Ordinal));
        var key = stored.As(OperationsJson.Crm.IdempotencyKey).Value;
        await world.Documents.Put(stored.Key, key with { Answer = null, RunningSince = world.Clock.GetUtcNow() }, OperationsJson.Crm.IdempotencyKey, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string key, string body, string path = "/api/customers")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<string> Body(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
