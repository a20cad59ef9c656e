using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Resources;

/// <summary>
/// The ids of what a request makes. Under an Idempotency-Key they are the same on every try, so that a create repeated after a
/// crash finds its own document instead of making a second one.
/// </summary>
public static class NewIds
{
    private static readonly object SeedKey = new();

    /// <summary>Given by whoever keeps the idempotency keys, before the function runs.</summary>
    public static void Seed(HttpContext http, string id) => http.Items[SeedKey] = id;

    /// <param name="index">The place in a batch; 0 for a single one.</param>
    public static string Of(HttpContext http, TimeProvider clock, int index = 0)
    {
        if (http.Items.TryGetValue(SeedKey, out var seed) is false) http.Items[SeedKey] = seed = Ids.New(clock);
        return Ids.After((string)seed!, index);
    }
}
