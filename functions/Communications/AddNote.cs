using System.Security.Claims;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>What colleagues should know, among the messages and in the timeline; never seen by the customer.</summary>
public sealed class AddNote(IDocuments documents, ConversationResource conversations, TimeProvider clock)
{
    [Function("AddNote")]
    [OpenApiOperation("addNote", "conversations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/conversations/{id}/notes")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, CommunicationsJson.Crm.NewNote, token);
        return await read.Match(async body =>
        {
            if (new Rules().Check(body) is { } fault) return Answer.Problem(fault);
            if (await conversations.Find(id, token) is not { } conversation) return Answer.Problem(Problems.NotFound("There is no such conversation."));
            var author = "key:" + request.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier);
            var note = Message.Note(conversation.Value, NewIds.Of(request.HttpContext, clock), body.Text!, author, clock.GetUtcNow());
            // The id is the request's: one that exists is an earlier try's.
            var written = await documents.Put(Writes.Of(note, Precondition.Absent), token) is WriteOutcome.Written;
            var stored = written ? note : (await documents.Get(note.Key, CommunicationsJson.Crm.Message, token))!.Value;
            return Answer.Json(stored, CommunicationsJson.Crm.Message, StatusCodes.Status201Created, location: $"/api/messages/{stored.Id}");
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private sealed class Rules : AbstractValidator<NewNote>
    {
        public Rules() => RuleFor(n => n.Text).NotEmpty().MaximumLength(20_000);
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewNote(string? Text = null);
