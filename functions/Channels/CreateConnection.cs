using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Channels;

/// <summary>Opens a way in for a sender. A secret that we made is shown in this one answer and never again.</summary>
public sealed class CreateConnection(ChannelsByProvider channels, ISecrets secrets, IDocuments documents, TimeProvider clock)
{
    [Function("CreateConnection")]
    [OpenApiOperation("createConnection", "connections")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/connections")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ChannelsJson.Crm.NewConnection, token);
        return await read.Match(body => Create(request, body, token), problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IResult> Create(HttpRequest request, NewConnection body, CancellationToken token)
    {
        if (new Rules(channels).Check(body) is { } problem) return Answer.Problem(problem);
        var channel = channels.Find(body.Provider)!;
        var id = Ids.Unguessable();
        string? made = null;
        var reference = body.SecretRef;
        if (reference is null)
        {
            made = body.Secret is null ? channel.NewSecret() : null;
            if (made is null && body.Secret is null) return Answer.Problem(Problems.Invalid(FieldError.At("/secret", $"expected {channel.SecretFormat}: this provider makes its own")));
            reference = await secrets.Keep($"connection-{id}-1", made ?? body.Secret!, token);
        }
        else if (await secrets.Read(reference, token) is not { } value || channel.KeyOf(value) is null)
        {
            return Answer.Problem(Problems.Invalid(FieldError.At("/secretRef", "expected the reference of a secret that can be read and has this provider's format")));
        }

        var now = clock.GetUtcNow();
        var connection = new Connection { Id = id, Name = body.Name!, Provider = channel.Provider, SecretRefs = [reference], CreatedAt = now, SortAt = now };
        var outcome = await documents.Put(OpenConnections.KeyOf(id), connection, ChannelsJson.Crm.Connection, token, Precondition.Absent);
        return outcome is WriteOutcome.Written
            ? Answer.Secret(ConnectionView.Of(connection, request, channel, made), ChannelsJson.Crm.ConnectionView, StatusCodes.Status201Created, $"/api/connections/{id}")
            : throw new InvalidOperationException("A new connection was refused.");
    }

    private sealed class Rules : AbstractValidator<NewConnection>
    {
        public Rules(ChannelsByProvider channels)
        {
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Provider).Must(p => channels.Find(p) is not null).WithMessage($"expected one of {string.Join(", ", channels.Providers)}");
            RuleFor(c => c.Secret).Must((c, secret) => secret is null || channels.Find(c.Provider)?.KeyOf(secret) is not null)
                .WithMessage(c => $"expected {channels.Find(c.Provider)?.SecretFormat ?? "a secret of a known provider"}");
            RuleFor(c => c.Secret).Null().When(c => c.SecretRef is not null).WithMessage("expected secret or secretRef, not both");
            RuleFor(c => c.SecretRef).Matches("^env:[A-Za-z_][A-Za-z0-9_]{0,100}$").WithMessage("expected env: and the name of a setting");
        }
    }
}

/// <param name="Secret">The provider's secret; null lets us make one.</param>
/// <param name="SecretRef">Where to read it instead: <c>env:NAME</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewConnection(string? Name = null, string? Provider = null, string? Secret = null, string? SecretRef = null);

/// <param name="Url">What to enter at the provider.</param>
/// <param name="Secret">Only in the answer that made it.</param>
public sealed record ConnectionView(string Id, string Name, string Provider, string Url, DateTimeOffset CreatedAt, bool Disabled, string? Secret)
{
    public static ConnectionView Of(Connection connection, HttpRequest request, IChannel? channel, string? secret = null) =>
        new(connection.Id, connection.Name, connection.Provider, $"{request.Scheme}://{request.Host}{(channel?.TakesCalls == true ? "/v1" : $"/api/hooks/{connection.Id}")}", connection.CreatedAt, connection.Disabled, secret is null || channel is null ? null : channel.SecretShown(connection.Id, secret));
}
