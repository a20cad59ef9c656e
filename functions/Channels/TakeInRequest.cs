using System.Diagnostics.Metrics;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crm.Channels;

/// <summary>One request of a provider: verify the raw bytes, write one receipt, answer in the provider's way. All else follows from the feed.</summary>
public sealed partial class TakeInRequest(
    OpenConnections connections, ChannelsByProvider channels, Receipts receipts, RequestsInHand inHand, IDeadLetters deadLetters, TimeProvider clock, ILogger<TakeInRequest> log)
{
    private static readonly Meter Meter = new("Crm.Channels");
    private static readonly Counter<long> NotAuthentic = Meter.CreateCounter<long>("crm.channels.not_authentic", description: "Requests whose signature or secret did not hold, by provider.");

    /// <param name="connection">The connection's id, as the address or the write key says it.</param>
    /// <param name="call">What the address names beyond the connection.</param>
    /// <param name="provider">The only provider that this address serves; null for any.</param>
    public async Task<IResult> Receive(HttpRequest request, string connection, string? call, string? provider, CancellationToken token)
    {
        var open = await connections.Find(connection, token);
        if (open is null || channels.Find(open.Connection.Provider) is not { } channel || (provider ?? channel.Provider) != channel.Provider || channel.TakesCalls != call is not null)
            return Answer.Problem(Problems.NotFound("There is no such connection."));
        if (HttpMethods.IsOptions(request.Method))
            return channel.Consent(new HookRequest(request.Headers, default)) ?? new HookAnswer(StatusCodes.Status204NoContent, headers: ("Allow", "POST"));

        using var hold = inHand.Take(open.Connection.Id);
        if (hold is null) return Answer.Problem(Problems.Unavailable(TimeSpan.FromSeconds(5)) with { Detail = $"This connection has {RequestsInHand.MostPerConnection} requests in hand. Nothing was written; come again." });
        var read = await RequestBody.Read(request, channel.BodyLimit, token);
        if (read is Outcome<RequestBody>.Refused refused) return Answer.Problem(refused.Problem with { Status = refused.Problem.Status == 413 ? channel.TooLargeStatus : refused.Problem.Status });
        using var body = ((Outcome<RequestBody>.Done)read).Value;

        var now = clock.GetUtcNow();
        var hook = new HookRequest(request.Headers, body.Bytes) { Query = request.QueryString.Value ?? "", Call = call };
        switch (channel.Verify(hook, open.Keys, now))
        {
            case Verification.Authentic authentic:
                if (channel.AnswerAtOnce(hook) is { } answer) return answer;
                return channel.Accepted(await receipts.Write(open.Connection, channel, request.ContentType, hook, authentic, now, token));
            case Verification.Refused no:
                await TellOfRefusal(open.Connection, channel, no, token);
                return HookAnswer.NotAuthentic(channel, no);
            default:
                return Answer.Problem(Problems.Unavailable(TimeSpan.FromMinutes(1)) with { Detail = "This connection has no usable secret at the moment. Nothing was written." });
        }
    }

    /// <summary>Where a wrong secret of ours would lose mail, one letter per connection tells the operator.</summary>
    private async Task TellOfRefusal(Connection connection, IChannel channel, Verification.Refused no, CancellationToken token)
    {
        NotAuthentic.Add(1, new KeyValuePair<string, object?>("provider", channel.Provider));
        if (channel.RefusedStatus == StatusCodes.Status401Unauthorized) return;
        LogRefused(log, connection.Id, channel.Provider);
        await deadLetters.Keep(
            new DeadLetter("hook", Containers.Inbox, connection.Id, "not-authentic", $"A request did not carry this connection's secret ({no.Header}); the sender was asked to come again."), token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {Connection} ({Provider}) got a request that is not authentic by its secrets")]
    private static partial void LogRefused(ILogger log, string connection, string provider);
}
