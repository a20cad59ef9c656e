using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Experiments;

/// <summary>Compares the variants of an experiment that is sent in; the first is the control. Nothing is stored.</summary>
public sealed class CalculateExperiment
{
    private const double Broken = .001;

    [Function("CalculateExperiment")]
    [OpenApiOperation("calculateExperiment", "calculations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/calculations/experiment")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ExperimentJson.Crm.ExperimentTable, token);
        return read.Match(
            table => new Rules().Check(table) is { } fault ? Answer.Problem(fault) : Answer.Json(Compare(table), ExperimentJson.Crm.ExperimentAnswer),
            Answer.Problem);
    }

    private static ExperimentAnswer Compare(ExperimentTable table)
    {
        var variants = table.Variants!;
        var control = variants[0];
        var ratio = Proportions.SampleRatio([.. variants.Select(v => v.Trials)], [.. variants.Select(v => v.Weight)]);
        return new ExperimentAnswer(ratio, ratio >= Broken,
        [
            .. variants.Select((v, i) =>
            {
                var (low, high) = Proportions.Wilson(v.Successes, v.Trials, table.Confidence);
                var test = i == 0 ? null : Proportions.ZTest(v.Successes, v.Trials, control.Successes, control.Trials);
                double? chance = i == 0 ? null : Proportions.ChanceBHigher(control.Successes, control.Trials, v.Successes, v.Trials);
                return new VariantAnswer(v.Name!, (double)v.Successes / v.Trials, low, high, test?.Z, test?.P, chance);
            }),
        ]);
    }

    private sealed class Rules : AbstractValidator<ExperimentTable>
    {
        public Rules()
        {
            RuleFor(t => t.Variants).Must(v => v is { Count: >= 2 and <= 20 }).WithMessage("expected 2 to 20 variants, the control first");
            RuleForEach(t => t.Variants).ChildRules(variant =>
            {
                variant.RuleFor(v => v.Name).NotEmpty().MaximumLength(200);
                variant.RuleFor(v => v.Trials).InclusiveBetween(1, 10_000_000);
                variant.RuleFor(v => v.Successes).GreaterThanOrEqualTo(0);
                variant.RuleFor(v => v.Successes).Must((v, s) => s <= v.Trials).WithMessage("expected no more successes than trials");
                variant.RuleFor(v => v.Weight).InclusiveBetween(1e-6, 1e6);
            });
            RuleFor(t => t.Confidence).InclusiveBetween(.5, .9999);
        }
    }
}

/// <param name="Confidence">Of the intervals.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExperimentTable(IReadOnlyList<GivenVariant>? Variants = null, double Confidence = .95);

/// <param name="Weight">The part of people that it was meant to get, relative to the others.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GivenVariant(string? Name = null, long Successes = 0, long Trials = 0, double Weight = 1);

/// <param name="SampleRatioP">The chance of a split at least this uneven.</param>
/// <param name="SampleRatioHolds">False below .001: the assignment is broken, whatever the other figures say.</param>
public sealed record ExperimentAnswer(double SampleRatioP, bool SampleRatioHolds, IReadOnlyList<VariantAnswer> Variants);

/// <param name="Z">Against the control, positive where this one is higher; null for the control and where nobody, or everybody, succeeded.</param>
/// <param name="P">Two-sided.</param>
/// <param name="ChanceHigher">The chance that its true rate is higher than the control's, with uniform priors.</param>
public sealed record VariantAnswer(string Name, double Rate, double Low, double High, double? Z, double? P, double? ChanceHigher);

[JsonSerializable(typeof(ExperimentTable))]
[JsonSerializable(typeof(ExperimentAnswer))]
internal sealed partial class ExperimentJson : JsonSerializerContext
{
    public static ExperimentJson Crm { get; } = CrmJson.For(o => new ExperimentJson(o));
}
