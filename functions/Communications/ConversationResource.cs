using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using FluentValidation;

namespace Crm.Communications;

/// <summary>Conversations as they are read and changed; messages make them.</summary>
public sealed class ConversationResource(IDocuments documents, JoinConversations join, TimeProvider clock) : Resource<Conversation, ConversationFields>(documents, clock)
{
    protected override string Path => "/api/conversations";

    protected override string Noun => "conversation";

    public override JsonTypeInfo<Conversation> Type => CommunicationsJson.Crm.Conversation;

    public override JsonTypeInfo<ConversationFields> FieldsType => CommunicationsJson.Crm.ConversationFields;

    /// <summary>A merged one is found as what it has become part of.</summary>
    public override async ValueTask<Stored<Conversation>?> Find(string id, CancellationToken token) => id.Length <= 100 ? await join.Find(id, token) : null;

    protected override ValueTask<DocumentKey?> KeyOf(string id, CancellationToken token) => ValueTask.FromResult(Conversation.KeyOf(id));

    protected override string IdOf(Conversation value) => value.Id;

    protected override ConversationFields FieldsOf(Conversation value) => new(value.Status, value.Assignee, value.Subject);

    protected override Problem? Fault(ConversationFields fields) => new Rules().Check(fields);

    protected override Conversation Make(string id, ConversationFields fields, DateTimeOffset now) => throw new NotSupportedException("Messages make conversations.");

    protected override Conversation Change(Conversation value, ConversationFields fields, DateTimeOffset now) => value with
    {
        SetStatus = fields.Status == value.Status ? value.SetStatus : new SetStatus(fields.Status!.Value, now),
        Assignee = fields.Assignee,
        Subject = fields.Subject,
        SubjectIsSet = value.SubjectIsSet || fields.Subject != value.Subject,
        ChangedAt = now,
    };

    private sealed class Rules : AbstractValidator<ConversationFields>
    {
        public Rules()
        {
            RuleFor(c => c.Status).NotNull().WithMessage("expected open, waiting or closed");
            RuleFor(c => c.Assignee).Length(1, 200);
            RuleFor(c => c.Subject).Length(1, 1_000);
        }
    }
}

/// <summary>What a caller may say of a conversation.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConversationFields(ConversationStatus? Status = null, string? Assignee = null, string? Subject = null);
