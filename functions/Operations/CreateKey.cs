using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>Makes a key for a program or a person. The key is in this one answer and never again.</summary>
public sealed class CreateKey(ApiKeys keys, TimeProvider clock)
{
    [Function("CreateKey")]
    [OpenApiOperation("createKey", "operations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, OperationsJson.Crm.NewKey, token);
        return await read.Match(async body =>
        {
            if (new Rules().Check(body) is { } fault) return Answer.Problem(fault);
            var value = ApiKey.NewValue();
            var key = ApiKey.Of(value, body.Name!, body.Role!.Value, clock.GetUtcNow());
            await keys.Keep(key, token);
            return Answer.Secret(KeyView.Of(key, value), OperationsJson.Crm.KeyView, StatusCodes.Status201Created, $"/api/keys/{key.Id}");
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private sealed class Rules : AbstractValidator<NewKey>
    {
        public Rules()
        {
            RuleFor(k => k.Name).NotEmpty().MaximumLength(100);
            RuleFor(k => k.Role).NotNull().WithMessage("expected one of admin, agent, marketer, analyst, integration");
        }
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewKey(string? Name = null, Role? Role = null);

/// <param name="Key">Only in the answer that made it.</param>
public sealed record KeyView(string Id, string Name, Role Role, DateTimeOffset CreatedAt, string? Key)
{
    public static KeyView Of(ApiKey key, string? value = null) => new(key.Id, key.Name, key.Role, key.CreatedAt, value);
}
