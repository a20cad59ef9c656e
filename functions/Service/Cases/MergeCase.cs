using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>
/// Makes a case part of another of the same customer: it is closed and names the other, whose history names it. Both are written
/// in one transaction; a repeat changes nothing.
/// </summary>
public sealed class MergeCase(IDocuments documents, TimeProvider clock)
{
    [Function("MergeCase")]
    [OpenApiOperation("mergeCase", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cases/{id}/merge")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ServiceJson.Crm.CaseMerge, token);
        return await read.Match(async wanted =>
        {
            if (wanted.Into is not { } into || into == id || await CaseWrites.Find(documents, into, token) is null)
                return Answer.Problem(Problems.Invalid(FieldError.At("/into", "expected the id of another case")));
            var (now, by) = (clock.GetUtcNow(), Cases.CallerOf(request));
            var done = await CaseWrites.Apply(documents, id, one => Merge(one, into, now, by, token), token);
            return await done.Match(
                async _ => Answer.Json((await CaseWrites.Find(documents, into, token))!.Value, ServiceJson.Crm.Case),
                problem => Task.FromResult(Answer.Problem(problem)));
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async ValueTask<Outcome<CaseTransaction?>> Merge(Case one, string into, DateTimeOffset now, string by, CancellationToken token)
    {
        if (one.MergedInto == into) return (CaseTransaction?)null;
        if (one.MergedInto is not null) return Problems.Conflict($"This case has become part of {one.MergedInto} already.");
        if (await CaseWrites.Find(documents, into, token) is not { } stored) return Problems.NotFound("There is no such case.");
        var target = stored.Value;
        if (target.MergedInto is not null) return Problems.Conflict($"The other case has become part of {target.MergedInto}. Merge into that one.");
        if (target.CustomerId != one.CustomerId) return Problems.Conflict("The other case is another customer's. Link the two instead.");

        var merged = one.Enter("closed", CaseState.Closed, now) with { MergedInto = into, Links = [.. one.Links, new CaseLink(CaseRelation.Merged, into)] };
        var gone = CaseEntry.Of(one, CaseStep.MergedInto, now, by) with { OtherCaseId = into, Changes = CaseChange.Between(one, merged) };
        var whole = target with { Links = [.. target.Links, new CaseLink(CaseRelation.Merged, one.Id)], Tags = [.. target.Tags.Union(one.Tags)] };
        var came = CaseEntry.Of(target, CaseStep.MergedFrom, now, by) with { OtherCaseId = one.Id, Changes = CaseChange.Between(target, whole) };
        var other = CaseTransaction.Of(whole, came);
        return CaseTransaction.Of(merged, gone, [CaseWrites.Of(other.After, Precondition.Match(stored.ETag)), .. other.Beside]);
    }
}

/// <param name="Into">The id of the case that remains.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseMerge(string? Into = null);
