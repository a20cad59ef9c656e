using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Attribution;

/// <summary>Credits for a table of journeys that is sent in, by every model or those asked for. Nothing is stored.</summary>
public sealed class CalculateAttribution
{
    [Function("CalculateAttribution")]
    [OpenApiOperation("calculateAttribution", "calculations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/calculations/attribution")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, AttributionJson.Crm.AttributionTable, token);
        return read.Match(table =>
        {
            if (new Rules().Check(table) is { } fault) return Answer.Problem(fault);
            var paths = table.Paths!.Select(p => p.Read()).ToList();
            var models = table.Models is { Count: > 0 } asked ? asked : Enum.GetValues<AttributionModel>();
            return Answer.Json(
                new AttributionAnswer(
                    [.. models.Distinct().Select(m => new ModelCredits(m, Credits.Of(m, paths)))], MarkovChain.ChanceOf(paths), MarkovChain.RemovalEffects(paths)),
                AttributionJson.Crm.AttributionAnswer);
        }, Answer.Problem);
    }

    private sealed class Rules : AbstractValidator<AttributionTable>
    {
        private const int MaxPaths = 20_000;
        private const int MaxTouches = 200;
        private const int MaxChannels = 200;

        public Rules()
        {
            RuleFor(t => t.Paths).Must(p => p is { Count: >= 1 and <= MaxPaths }).WithMessage($"expected 1 to {MaxPaths} paths");
            RuleForEach(t => t.Paths).ChildRules(path =>
            {
                path.RuleFor(p => p.Touches).Must(t => t is { Count: >= 1 and <= MaxTouches }).WithMessage($"expected 1 to {MaxTouches} touches");
                path.RuleForEach(p => p.Touches).ChildRules(touch =>
                {
                    touch.RuleFor(t => t.Channel).NotEmpty().MaximumLength(200);
                    touch.RuleFor(t => t.DaysBefore).InclusiveBetween(0, 10_000);
                });
                path.RuleFor(p => p.Conversions).InclusiveBetween(0, 1_000_000_000);
                path.RuleFor(p => p.Nulls).InclusiveBetween(0, 1_000_000_000);
                path.RuleFor(p => p.Value).InclusiveBetween(-1e15, 1e15);
            });
            RuleFor(t => t.Paths).Must(p => p!.SelectMany(path => path.Touches ?? []).Select(t => t.Channel).Distinct().Count() <= MaxChannels)
                .When(t => t.Paths is not null).WithMessage($"expected at most {MaxChannels} channels");
        }
    }
}

/// <param name="Models">None: all of them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttributionTable(IReadOnlyList<GivenPath>? Paths = null, IReadOnlyList<AttributionModel>? Models = null);

/// <param name="Conversions">Default 1.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GivenPath(IReadOnlyList<GivenTouch>? Touches = null, long Conversions = 1, double Value = 0, long Nulls = 0)
{
    public TouchPath Read() => new([.. Touches!.Select(t => new Touch(t.Channel!, t.DaysBefore))], Conversions, Value, Nulls);
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GivenTouch(string? Channel = null, double DaysBefore = 0);

/// <param name="ChanceOfConversion">Of a journey, in the Markov chain.</param>
/// <param name="RemovalEffects">By channel: the part of that chance that is lost without it.</param>
public sealed record AttributionAnswer(IReadOnlyList<ModelCredits> Models, double ChanceOfConversion, IReadOnlyDictionary<string, double> RemovalEffects);

public sealed record ModelCredits(AttributionModel Model, IReadOnlyList<Credit> Credits);

[JsonSerializable(typeof(AttributionTable))]
[JsonSerializable(typeof(AttributionAnswer))]
internal sealed partial class AttributionJson : JsonSerializerContext
{
    public static AttributionJson Crm { get; } = CrmJson.For(o => new AttributionJson(o));
}
