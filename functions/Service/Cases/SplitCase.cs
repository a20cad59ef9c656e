using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>
/// Takes a message out of a case into a new one, with the same queue, priority and assignee. The new case opens with the message:
/// its clocks begin there. Later answers to that message belong to the new case.
/// </summary>
public sealed class SplitCase(IDocuments documents, TimeProvider clock)
{
    [Function("SplitCase")]
    [OpenApiOperation("splitCase", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cases/{id}/split")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ServiceJson.Crm.CaseSplit, token);
        return await read.Match(async wanted =>
        {
            if (wanted.Subject is { Length: 0 or > 1_000 }) return Answer.Problem(Problems.Invalid(FieldError.At("/subject", "expected 1 to 1000 characters")));
            if (await CaseWrites.Find(documents, id, token) is not { } from) return Answer.Problem(Problems.NotFound("There is no such case."));
            var newId = Case.IdOf(from.Value.CustomerId, NewIds.Of(request.HttpContext, clock));
            if (await CaseWrites.Find(documents, newId, token) is null)
            {
                if (await CaseMessages.Find(documents, from.Value.CustomerId, wanted.ActivityId, token) is not { } message || message.CaseId != id)
                    return Answer.Problem(Problems.Invalid(FieldError.At("/activityId", "expected the id of a message of this case")));
                var (now, by) = (clock.GetUtcNow(), Cases.CallerOf(request));
                var done = await CaseWrites.Apply(documents, id, one => ValueTask.FromResult(Split(one, newId, message, wanted.Subject, now, by)), token);
                if (done is Outcome<Case>.Refused refused) return Answer.Problem(refused.Problem);
            }
            var made = (await CaseWrites.Find(documents, newId, token))!;
            return Answer.Json(made.Value, ServiceJson.Crm.Case, StatusCodes.Status201Created, made.ETag, $"/api/cases/{newId}");
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private static Outcome<CaseTransaction?> Split(Case one, string newId, CaseMessages.Attached message, string? subject, DateTimeOffset now, string by)
    {
        if (one.MergedInto is { } target) return Problems.Conflict($"This case has become part of {target}.");
        var activity = message.Activity;
        var opened = Case.Open(one.CustomerId, newId, subject ?? CaseMessages.SubjectOf(activity), CaseState.Open, "open", CaseMessages.TimeOf(activity), now) with
        {
            Category = one.Category,
            Priority = one.Priority,
            QueueId = one.QueueId,
            Assignee = one.Assignee,
            Tags = one.Tags,
            Links = [new CaseLink(CaseRelation.Split, one.Id)],
        };
        var begun = CaseEntry.Of(opened, CaseStep.SplitFrom, now, by) with { OtherCaseId = one.Id, ActivityId = activity.Id };
        var parted = CaseEntry.Of(one, CaseStep.SplitOff, now, by) with { OtherCaseId = newId, ActivityId = activity.Id };
        var made = CaseTransaction.Of(opened, begun);
        return CaseTransaction.Of(
            one with { Links = [.. one.Links, new CaseLink(CaseRelation.Split, newId)] },
            parted,
            [
                CaseWrites.Of(made.After, Precondition.Absent),
                .. made.Beside,
                CaseWrites.Of(CasePointer.OfMessage(one.CustomerId, activity.Id, newId)),
                .. CasePointer.OfMail(activity, newId).Select(p => CaseWrites.Of(p)),
            ]);
    }
}

/// <param name="ActivityId">A message of the case.</param>
/// <param name="Subject">Absent: the message's own.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseSplit(string? ActivityId = null, string? Subject = null);
