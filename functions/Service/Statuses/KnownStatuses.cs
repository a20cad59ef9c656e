using Crm.Ports;

namespace Crm.Service;

/// <summary>The five statuses that are always there, and the company's own, as they were at one moment.</summary>
public sealed class KnownStatuses(IReadOnlyDictionary<string, CaseState> own)
{
    public static KnownStatuses Plain { get; } = new(new Dictionary<string, CaseState>());

    public static async ValueTask<KnownStatuses> Read(IDocuments documents, CancellationToken token)
    {
        var own = new Dictionary<string, CaseState>(StringComparer.Ordinal);
        await foreach (var document in documents.All(new DocumentQuery(Containers.Catalog, CaseStatus.KindName, []), token))
        {
            var status = document.As(ServiceJson.Crm.CaseStatus).Value;
            own[status.Id] = status.State;
        }
        return own.Count == 0 ? Plain : new KnownStatuses(own);
    }

    /// <summary>Null for a key that is nobody's.</summary>
    public CaseState? StateOf(string key) => OwnState(key) ?? (own.TryGetValue(key, out var state) ? state : null);

    /// <summary>The state that a status of ours is named after.</summary>
    public static CaseState? OwnState(string key) => key switch
    {
        "open" => CaseState.Open,
        "pending" => CaseState.Pending,
        "on-hold" => CaseState.OnHold,
        "solved" => CaseState.Solved,
        "closed" => CaseState.Closed,
        _ => null,
    };

    public static string NameOf(CaseState state) => state switch
    {
        CaseState.OnHold => "on-hold",
        _ => state.ToString().ToLowerInvariant(),
    };
}
