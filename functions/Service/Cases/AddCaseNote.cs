using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Writes down what colleagues should know: never seen by the customer, and no answer for the clocks.</summary>
public sealed class AddCaseNote(IDocuments documents, TimeProvider clock)
{
    /// <summary>A repeat of a request that died is found among the last entries.</summary>
    private const int Looked = 20;

    [Function("AddCaseNote")]
    [OpenApiOperation("addCaseNote", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cases/{id}/notes")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, ServiceJson.Crm.NewCaseNote, token);
        return await read.Match(async note =>
        {
            if (new Rules().Check(note) is { } fault) return Answer.Problem(fault);
            var (requestId, by) = (NewIds.Of(request.HttpContext, clock), Cases.CallerOf(request));
            CaseEntry? written = null;
            var done = await CaseWrites.Apply(documents, id, async one =>
            {
                written = (await CaseHistory.Latest(documents, one, Looked, token)).FirstOrDefault(e => e.RequestId == requestId);
                if (written is not null) return (CaseTransaction?)null;
                written = CaseEntry.Of(one, CaseStep.Note, clock.GetUtcNow(), by) with { Text = note.Text, RequestId = requestId };
                return CaseTransaction.Of(one, written);
            }, token);
            return done.Match(
                _ => Answer.Json(written!, ServiceJson.Crm.CaseEntry, StatusCodes.Status201Created, location: $"/api/cases/{id}/history"),
                Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private sealed class Rules : AbstractValidator<NewCaseNote>
    {
        public Rules() => RuleFor(n => n.Text).NotEmpty().MaximumLength(20_000);
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewCaseNote(string? Text = null);
