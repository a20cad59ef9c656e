using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Ties a case to another case, to a message or to an address elsewhere. The same link again changes nothing.</summary>
public sealed class AddCaseLink(IDocuments documents, TimeProvider clock)
{
    private const int MaxLinks = 200;

    [Function("AddCaseLink")]
    [OpenApiOperation("addCaseLink", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cases/{id}/links")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ServiceJson.Crm.NewCaseLink, token);
        return await read.Match(async wanted =>
        {
            if (new Rules().Check(wanted) is { } fault) return Answer.Problem(fault);
            if (wanted.CaseId is { } other && (other == id || await CaseWrites.Find(documents, other, token) is null))
                return Answer.Problem(Problems.Invalid(FieldError.At("/caseId", "expected the id of another case")));
            var link = new CaseLink(wanted.Relation ?? CaseRelation.Related, wanted.CaseId, wanted.ActivityId, wanted.Url);
            var done = await CaseWrites.Apply(documents, id, one =>
            {
                if (one.Links.Contains(link)) return ValueTask.FromResult<Outcome<CaseTransaction?>>((CaseTransaction?)null);
                if (one.Links.Count >= MaxLinks) return ValueTask.FromResult<Outcome<CaseTransaction?>>(Problems.Conflict($"A case has at most {MaxLinks} links."));
                var entry = CaseEntry.Of(one, CaseStep.Linked, clock.GetUtcNow(), Cases.CallerOf(request)) with
                {
                    OtherCaseId = link.CaseId,
                    ActivityId = link.ActivityId,
                    Text = link.Url,
                };
                return ValueTask.FromResult<Outcome<CaseTransaction?>>(CaseTransaction.Of(one with { Links = [.. one.Links, link] }, entry));
            }, token);
            return done.Match(one => Answer.Json(one, ServiceJson.Crm.Case), Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private sealed class Rules : AbstractValidator<NewCaseLink>
    {
        public Rules()
        {
            RuleFor(l => l).Must(l => new[] { l.CaseId, l.ActivityId, l.Url }.Count(x => x is not null) == 1)
                .OverridePropertyName("caseId").WithMessage("expected one of caseId, activityId and url");
            RuleFor(l => l.Relation).Must(r => r is not (CaseRelation.Merged or CaseRelation.Split)).WithMessage("expected related, parent, child or duplicate");
            RuleFor(l => l.ActivityId).Must(a => a is null || DocumentKeys.IsId(a)).WithMessage("expected the id of a message");
            RuleFor(l => l.Url).MaximumLength(2_000).Must(u => u is null || (Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http")))
                .WithMessage("expected an http or https address");
        }
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewCaseLink(CaseRelation? Relation = null, string? CaseId = null, string? ActivityId = null, string? Url = null);
