using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// Puts each message into its conversation, and what is reported of it onto it. Message, conversation and names are written in one
/// transaction; a repeat finds the message and changes nothing.
/// </summary>
public sealed class PlaceMessages(IDocuments documents, JoinConversations join, ApplyFacts facts, TimeProvider clock) : IFollowsCustomers
{
    private const int Customers = 8;

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        var activities = changes
            .Where(c => !c.TryGetProperty("deleted", out _) && c.TryGetProperty("kind", out var kind) && kind.ValueEquals(Activity.KindName)
                && c.GetProperty("type").GetString()!.StartsWith("message.", StringComparison.Ordinal))
            .Select(c => c.Deserialize(ModelJson.Crm.Activity)!)
            .GroupBy(a => a.CustomerId);
        await Parallel.ForEachAsync(activities, new ParallelOptions { MaxDegreeOfParallelism = Customers, CancellationToken = token }, async (customer, cancel) =>
        {
            foreach (var activity in customer) await TakeIn(activity, cancel);
        });
    }

    private async Task TakeIn(Activity activity, CancellationToken token)
    {
        var names = ThreadNames.Of(activity);
        if (IsSaid(activity))
        {
            await Place(activity, names, token);
            await facts.Known(Message.IdOf(activity.CustomerId, activity.Id), activity.CustomerId, names.Own, token);
        }
        else
        {
            await facts.Told(activity, names.Own, token);
        }
    }

    /// <summary>A sender that only reports what it sent says nothing that could be read.</summary>
    private static bool IsSaid(Activity activity) => activity.Type switch
    {
        "message.received" or "message.auto-replied" => true,
        "message.sent" => !string.IsNullOrWhiteSpace(activity.Subject) || !string.IsNullOrWhiteSpace(activity.Text) || activity.Mail is { Html: not null } or { HtmlBlob: not null } || activity.Attachments.Count > 0,
        _ => false,
    };

    private async Task Place(Activity activity, ThreadNames names, CancellationToken token)
    {
        var key = new DocumentKey(Containers.Customers, activity.CustomerId, Message.IdOf(activity.CustomerId, activity.Id));
        while (await documents.Get(key, token) is null)
        {
            var thread = await Thread.Read(documents, activity, names, token);
            if (await join.Of(thread.Conversations, token) is not { } joined) continue;
            var answers = joined.Conversation is null ? await AnsweredElsewhere(activity, names, token) : null;
            var message = Message.Of(activity, joined.Conversation?.Value.Id ?? Conversation.IdOf(activity.CustomerId, activity.Id), answers);
            var conversation = (joined.Conversation?.Value ?? Conversation.Begin(message, clock.GetUtcNow())).With(message, clock.GetUtcNow());
            List<DocumentWrite> writes =
            [
                Writes.Of(message, Precondition.Absent),
                Writes.Of(conversation, joined.Conversation is null ? Precondition.Absent : Precondition.Match(joined.Conversation.ETag)),
                .. thread.Writes(message, joined.Conversation is null ? conversation : null),
            ];
            if (await documents.Batch(writes, token) is BatchOutcome.Written) break;
        }
        foreach (var mail in names.Own.Where(IsMail))
        {
            var known = KnownMail.KeyOf(mail);
            if (await documents.Get(known, token) is null)
                await documents.Put(known, new KnownMail(known.Id, key.Partition, key.Id), CommunicationsJson.Crm.KnownMail, token, Precondition.Absent);
        }
    }

    /// <summary>A message of another customer's that this one refers to: shown, never joined.</summary>
    private async Task<ClaimedAnswer?> AnsweredElsewhere(Activity activity, ThreadNames names, CancellationToken token)
    {
        foreach (var name in names.References.Where(IsMail).Take(5))
        {
            if (await documents.Get(KnownMail.KeyOf(name), CommunicationsJson.Crm.KnownMail, token) is not { } known || known.Value.CustomerId == activity.CustomerId) continue;
            if (Message.KeyOf(known.Value.MessageId) is not { } key || await documents.Get(key, CommunicationsJson.Crm.Message, token) is not { } answered) continue;
            IEnumerable<Party?> parties = [answered.Value.From, .. answered.Value.To, .. answered.Value.Cc];
            var takesPart = activity.Trust != Trust.Claimed && parties.Any(p => p?.Address is { } address && string.Equals(address, activity.From?.Address, StringComparison.OrdinalIgnoreCase));
            return new ClaimedAnswer(known.Value.CustomerId, known.Value.MessageId, takesPart);
        }
        return null;
    }

    private static bool IsMail(string name) => name.StartsWith("mail:", StringComparison.Ordinal);
}
