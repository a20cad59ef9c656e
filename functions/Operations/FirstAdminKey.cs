using Crm.Ports;

namespace Crm.Operations;

/// <summary>Gives a fresh installation its first way in.</summary>
public sealed class FirstAdminKey(ApiKeys keys, IDocuments documents, TimeProvider clock)
{
    public const string Setting = "CRM_ADMIN_KEY";

    /// <summary>Shorter keys could be guessed.</summary>
    public const int MinLength = 20;

    /// <summary>Keeps the preset key; without one, makes the first admin key of an installation that has none.</summary>
    /// <returns>A key made now, to be shown once; null otherwise.</returns>
    public async Task<string?> Ensure(string? preset, CancellationToken token)
    {
        if (preset is not null)
        {
            await keys.Keep(ApiKey.Of(preset, Setting, Role.Admin, clock.GetUtcNow()), token);
            return null;
        }
        await foreach (var document in documents.All(new DocumentQuery(Containers.Catalog, ApiKey.KindName, []), token))
        {
            if (document.As(OperationsJson.Crm.ApiKey).Value.Role == Role.Admin) return null;
        }
        var value = ApiKey.NewValue();
        await keys.Keep(ApiKey.Of(value, "first admin key", Role.Admin, clock.GetUtcNow()), token);
        return value;
    }
}
