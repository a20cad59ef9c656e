using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Crm.Adapters.Blobs;
using Crm.Ports;

namespace Crm.Tests.Adapters;

/// <summary>A service that answers with errors, or not at all.</summary>
public sealed class UnavailableAzureBlobsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Every_call_says_unavailable_and_how_long_to_wait(HttpStatusCode status)
    {
        var blobs = Answering(() => new HttpResponseMessage(status) { Headers = { { "Retry-After", "17" } } });

        foreach (var call in Calls(blobs))
        {
            var error = await Assert.ThrowsAsync<StoreUnavailableException>(call);
            Assert.Equal(TimeSpan.FromSeconds(17), error.RetryAfter);
        }
    }

    [Fact]
    public async Task A_wait_until_a_time_counts_from_the_answer()
    {
        var now = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var blobs = Answering(() => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
        {
            Headers = { Date = now, RetryAfter = new(now.AddSeconds(42)) },
        });
        Assert.Equal(TimeSpan.FromSeconds(42), (await Assert.ThrowsAsync<StoreUnavailableException>(() => blobs.Find("a", Token))).RetryAfter);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_connection_that_fails_is_unavailable(int retries)
    {
        var blobs = Answering(() => throw new HttpRequestException("No route."), retries);
        foreach (var call in Calls(blobs)) await Assert.ThrowsAsync<StoreUnavailableException>(call);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task No_answer_in_time_is_unavailable(int retries)
    {
        var blobs = Over(new Answers(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        }), retries);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => blobs.Find("a", Token));
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_not_told_that_the_store_is_unavailable()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var blobs = Answering(() => new HttpResponseMessage(HttpStatusCode.Created));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => blobs.Find("a", cancelled.Token));
    }

    [Fact]
    public async Task A_container_on_its_way_out_is_unavailable_not_a_failed_condition()
    {
        var blobs = Answering(() => Error(HttpStatusCode.Conflict, "ContainerBeingDeleted"));
        foreach (var call in Calls(blobs)) await Assert.ThrowsAsync<StoreUnavailableException>(call);
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, "BlobImmutableDueToPolicy")]
    [InlineData(HttpStatusCode.PreconditionFailed, "LeaseIdMissing")]
    [InlineData(HttpStatusCode.Forbidden, "AuthorizationFailure")]
    public async Task Another_refusal_is_no_failed_condition_and_no_outage(HttpStatusCode status, string code)
    {
        var answers = new Queue<HttpResponseMessage>([new(HttpStatusCode.Created), Error(status, code), Error(HttpStatusCode.NotFound, "BlobNotFound")]);
        var blobs = Answering(answers.Dequeue);
        Assert.Equal((int)status, (await Assert.ThrowsAsync<Azure.RequestFailedException>(() => blobs.Put("a", new MemoryStream(), "text/plain", default, Token))).Status);
    }

    [Fact]
    public async Task A_container_that_could_not_be_made_is_made_at_the_next_call()
    {
        var answers = new Queue<HttpResponseMessage>([new(HttpStatusCode.ServiceUnavailable), new(HttpStatusCode.Created), Error(HttpStatusCode.NotFound, "BlobNotFound")]);
        var blobs = Answering(answers.Dequeue);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => blobs.Find("a", Token));
        Assert.Null(await blobs.Find("a", Token));
    }

    private static HttpResponseMessage Error(HttpStatusCode status, string code) => new(status) { Headers = { { "x-ms-error-code", code } } };

    private static Func<Task>[] Calls(AzureBlobs blobs) =>
    [
        () => blobs.Put("a", new MemoryStream(), "text/plain", Precondition.Absent, Token),
        () => blobs.Open("a", Token),
        () => blobs.Find("a", Token),
        () => blobs.Delete("a", Token),
        async () =>
        {
            await foreach (var _ in blobs.List("", Token)) { }
        },
    ];

    private static AzureBlobs Answering(Func<HttpResponseMessage> answer, int retries = 0) =>
        Over(new Answers(_ => Task.FromResult(answer())), retries);

    private static AzureBlobs Over(Answers answers, int retries) => new(new BlobContainerClient(new Uri("http://127.0.0.1/account/container"), new BlobClientOptions
    {
        Transport = new HttpClientTransport(answers),
        Retry = { MaxRetries = retries, Delay = TimeSpan.FromMilliseconds(1), NetworkTimeout = TimeSpan.FromMilliseconds(100) },
    }));

    private sealed class Answers(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var message = await answer(cancellationToken);
            message.RequestMessage = request;
            return message;
        }
    }
}
