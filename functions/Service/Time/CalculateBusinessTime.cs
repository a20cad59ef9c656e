using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Reckons with a calendar: when some open minutes, or some business days, after a moment have gone by, or how many lie between two.</summary>
public sealed class CalculateBusinessTime(Calendars calendars)
{
    [Function("CalculateBusinessTime")]
    [OpenApiOperation("calculateBusinessTime", "calendars")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/calculations/business-time")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ServiceJson.Crm.BusinessTimeQuestion, token);
        return await read.Match(async question =>
        {
            if (new Rules().Check(question) is { } fault) return Answer.Problem(fault);
            if (question.CalendarId is { } id && await calendars.Find(id, token) is null)
                return Answer.Problem(Problems.Invalid(FieldError.At("/calendarId", "expected the id of a calendar")));
            return Answer.Json(AnswerTo(question, await calendars.HoursOf(question.CalendarId, token)), ServiceJson.Crm.BusinessTimeAnswer);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private static BusinessTimeAnswer AnswerTo(BusinessTimeQuestion question, BusinessHours hours)
    {
        var from = question.From!.Value;
        if (question.To is { } to)
        {
            var open = BusinessTime.Between(hours, from, to);
            return new BusinessTimeAnswer(OpenMinutes: (long)open.TotalMinutes, OpenSeconds: (long)open.TotalSeconds);
        }
        var at =
            question.AddDays is { } days ? BusinessTime.AddDays(hours, from, days)
            : question.AddMinutes >= 0 ? BusinessTime.Add(hours, from, TimeSpan.FromMinutes(question.AddMinutes.Value))
            : BusinessTime.Subtract(hours, from, TimeSpan.FromMinutes(-question.AddMinutes!.Value));
        return new BusinessTimeAnswer(at, Never: at is null ? true : null);
    }

    private sealed class Rules : AbstractValidator<BusinessTimeQuestion>
    {
        private const int MaxDays = 36_600;

        public Rules()
        {
            RuleFor(q => q.From).NotNull().WithMessage("expected an RFC 3339 time with an offset");
            RuleFor(q => q).Must(q => new[] { q.To is not null, q.AddMinutes is not null, q.AddDays is not null }.Count(g => g) == 1)
                .OverridePropertyName("to").WithMessage("expected one of to, addMinutes and addDays");
            RuleFor(q => q.To).Must((q, to) => to is null || q.From is null || (to.Value - q.From.Value).Duration().TotalDays <= MaxDays).WithMessage("expected at most 36600 days from from");
            RuleFor(q => q.AddMinutes).InclusiveBetween(-MaxDays * 1440, MaxDays * 1440);
            RuleFor(q => q.AddDays).InclusiveBetween(-MaxDays, MaxDays);
        }
    }
}

/// <summary>Exactly one of to, minutes and days is given; negative ones go back.</summary>
/// <param name="CalendarId">Absent: every hour is open.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BusinessTimeQuestion(
    string? CalendarId = null, DateTimeOffset? From = null, DateTimeOffset? To = null, int? AddMinutes = null, int? AddDays = null);

/// <param name="Never">True: not within a hundred years.</param>
public sealed record BusinessTimeAnswer(DateTimeOffset? At = null, long? OpenMinutes = null, long? OpenSeconds = null, bool? Never = null);
