using System.IO.Pipelines;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Crm.Adapters.Blobs;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Adapters;

/// <summary>What goes to Azurite and what comes back, seen and hindered on the way.</summary>
public sealed class AzureBlobsOnTheWireTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_whose_answer_was_lost_is_known_as_our_own(bool absent)
    {
        var wire = new Wire();
        var blobs = await Over(wire);
        var precondition = absent ? Precondition.Absent : Precondition.Match((await blobs.Put("a", new MemoryStream(), "text/plain", default, Token))!);
        wire.LoseNext(HttpMethod.Put);

        var etag = await blobs.Put("a", new MemoryStream("mine"u8.ToArray()), "text/plain", precondition, Token);

        Assert.Equal((await blobs.Find("a", Token))!.ETag, etag);
        Assert.Null(await blobs.Put("a", new MemoryStream(), "text/plain", precondition, Token));
    }

    /// <summary>In several requests, two writers of one name would take each other's blocks.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Thirty_megabytes_go_up_in_one_request(bool seekable)
    {
        var wire = new Wire();
        var blobs = await Over(wire);
        await blobs.Find("a", Token);
        wire.Sent.Clear();
        await using var content = new MemoryStream(new byte[30 * 1024 * 1024]);

        await blobs.Put("a", seekable ? content : PipeReader.Create(content).AsStream(), "text/plain", default, Token);

        Assert.Equal((HttpMethod.Put, content.Length), Assert.Single(wire.Sent));
    }

    [Fact]
    public async Task The_container_is_made_once()
    {
        var wire = new Wire();
        var blobs = await Over(wire);
        for (var i = 0; i < 3; i++) await blobs.Find("a", Token);
        Assert.Single(wire.Sent, sent => sent.Method == HttpMethod.Put);
    }

    private async Task<AzureBlobs> Over(Wire wire) => new(new BlobContainerClient(
        await azurite.ConnectionString(), $"t{Guid.NewGuid():N}",
        new BlobClientOptions { Transport = new HttpClientTransport(wire), Retry = { Delay = TimeSpan.FromMilliseconds(1) } }));

    private sealed class Wire() : DelegatingHandler(new SocketsHttpHandler())
    {
        private HttpMethod? _lost;

        public List<(HttpMethod Method, long? Length)> Sent { get; } = [];

        /// <summary>The next such request arrives; its answer does not.</summary>
        public void LoseNext(HttpMethod method) => _lost = method;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Add((request.Method, request.Content?.Headers.ContentLength));
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method != _lost) return answer;
            _lost = null;
            answer.Dispose();
            throw new HttpRequestException("The connection was lost.");
        }
    }
}
