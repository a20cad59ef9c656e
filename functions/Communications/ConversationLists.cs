using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Communications;

/// <summary>Keeps the lists of conversations by their last message: one of all, and a short one of those where a customer waits.</summary>
public sealed class ConversationLists(IDocuments documents) : IFollowsCustomers
{
    public SortedView All { get; } = new(documents, "conversations");

    public SortedView Open { get; } = new(documents, "open-conversations");

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        foreach (var change in changes)
        {
            var id = change.GetProperty("id").GetString()!;
            if (Conversation.KeyOf(id) is null) continue;
            var conversation = change.TryGetProperty("deleted", out _) ? null : change.Deserialize(CommunicationsJson.Crm.Conversation)!;
            await Keep(All, id, conversation is { MergedInto: null } ? conversation : null, token);
            await Keep(Open, id, conversation is { MergedInto: null, Status: ConversationStatus.Open } ? conversation : null, token);
        }
    }

    private static async Task Keep(SortedView view, string id, Conversation? conversation, CancellationToken token)
    {
        if (conversation is null) await view.Remove(id, token);
        else await view.Put(id, new Dictionary<string, string> { ["byChanged"] = UtcTimestamps.Text(conversation.LastAt) }, JsonSerializer.SerializeToElement(conversation, CommunicationsJson.Crm.Conversation), token);
    }
}
