using Crm.Channels;

namespace Crm.Tests.Functions.Channels;

/// <summary>One noisy connection does not take the others' place.</summary>
public sealed class RequestsInHandTests
{
    [Fact]
    public void Beyond_the_limit_a_connection_is_refused_and_its_neighbour_is_not()
    {
        var requests = new RequestsInHand();
        var held = Enumerable.Range(0, RequestsInHand.MostPerConnection).Select(_ => requests.Take("noisy")).ToList();
        Assert.DoesNotContain(null, held);
        Assert.Null(requests.Take("noisy"));
        Assert.Null(requests.Take("noisy"));
        Assert.NotNull(requests.Take("quiet"));
        held[0]!.Dispose();
        Assert.NotNull(requests.Take("noisy"));
        Assert.Null(requests.Take("noisy"));
    }
}
