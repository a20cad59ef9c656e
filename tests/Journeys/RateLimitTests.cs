using System.Net;
using Crm.Operations;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_key_that_has_used_up_its_minute_waits_for_the_next_and_others_do_not()
    {
        await using var world = await World.Begin(("RateLimit:RequestsPerMinute", "3"));
        world.Clock.Advance(TimeSpan.FromSeconds(18));
        using var agent = await world.As(Role.Agent);
        foreach (var left in new[] { "2", "1", "0" })
        {
            using var answer = await agent.GetAsync("/api/customers", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(("3", left, "42", "3;w=60"), (One(answer, "RateLimit-Limit"), One(answer, "RateLimit-Remaining"), One(answer, "RateLimit-Reset"), One(answer, "RateLimit-Policy")));
        }
        using var exceeded = await agent.GetAsync("/api/customers", TestContext.Current.CancellationToken);
        Assert.Equal("/problems/too-many-requests", (await exceeded.Json(HttpStatusCode.TooManyRequests)).Text("type"));
        Assert.Equal(TimeSpan.FromSeconds(42), exceeded.Headers.RetryAfter?.Delta);
        Assert.Equal("0", One(exceeded, "RateLimit-Remaining"));

        await world.Admin.Read("/api/customers");
        world.Clock.Advance(TimeSpan.FromSeconds(42));
        await agent.Read("/api/customers");
    }

    private static string One(HttpResponseMessage answer, string header) => Assert.Single(answer.Headers.GetValues(header));
}
