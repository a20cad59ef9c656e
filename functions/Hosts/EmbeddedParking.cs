using System.Text.Json;
using Crm.EmbeddedHost;
using Crm.Model;

namespace Crm.Hosts;

/// <summary>A document that a feed function gave up on becomes a dead letter, like everything that could not be handled.</summary>
internal sealed class EmbeddedParking(IDeadLetters deadLetters) : IParkedDocuments
{
    public Task Park(string function, string container, JsonElement document, Exception error, CancellationToken token)
    {
        var id = document.GetProperty("id").GetString()!;
        return deadLetters.Keep(
            new DeadLetter("feed", container, $"{id}.{function}", "gave-up", error.GetType().Name, JsonSerializer.Serialize(new Dictionary<string, string> { ["container"] = container, ["id"] = id })), token);
    }
}
