using System.Net;
using Crm.Channels;
using Crm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Journeys;

/// <summary>A sender with too many requests in hand is asked to come again, in words and with a time; the others go on.</summary>
public sealed class NoisySenderTests
{
    [Fact]
    public async Task It_is_asked_to_come_again_while_the_others_go_on()
    {
        await using var world = await World.Begin();
        var (noisy, quiet) = (await world.Connect("noisy"), await world.Connect("quiet"));
        var inHand = world.Services.GetRequiredService<RequestsInHand>();
        var held = Enumerable.Range(0, RequestsInHand.MostPerConnection).Select(_ => inHand.Take(noisy.ConnectionId)).ToList();
        var body = StandardSender.Message("ann@example.org", "Hello", world.Clock.GetUtcNow());

        using (var refused = await noisy.Send(body))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
        }
        await quiet.Deliver(body);
        held[0]!.Dispose();
        await noisy.Deliver(body, "once");
        await noisy.Deliver(body, "twice");
    }
}
