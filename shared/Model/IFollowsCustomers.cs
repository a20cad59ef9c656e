using System.Text.Json;

namespace Crm.Model;

/// <summary>
/// Does something because documents of customers changed. One router reads the feed and tells every follower; each may be
/// told the same twice and must then change nothing.
/// </summary>
public interface IFollowsCustomers
{
    /// <summary>Latest versions, tombstones among them, of several customers in no order.</summary>
    Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token);
}
