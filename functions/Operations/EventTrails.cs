using Crm.Model;

namespace Crm.Operations;

/// <summary>Follows one event through every module that has something to tell.</summary>
public sealed class EventTrails(IEnumerable<ITellsOfEvents> tellers)
{
    /// <param name="id">An activity's or a receipt's id.</param>
    /// <returns>Null when nobody knows the id.</returns>
    public async Task<EventTrail?> Follow(string id, CancellationToken token)
    {
        if (id.Length is < 26 or > 32 || !id.All(char.IsAsciiLetterOrDigit)) return null;
        var trail = new EventTrail(id);
        foreach (var teller in tellers.OrderBy(t => t.Order)) await teller.Tell(trail, token);
        return trail.Stages.Count == 0 ? null : trail;
    }
}
