using System.Security.Claims;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Operations;

/// <summary>Lets a caller through to a function, or says why not. The same code in both hosts.</summary>
public sealed class CallerGate(ApiKeys keys, ConsoleSessions sessions)
{
    /// <summary>Null: go on, with the caller in <see cref="HttpContext.User"/>.</summary>
    public async ValueTask<Problem?> Check(HttpContext http, string function, CancellationToken token)
    {
        if (Access.Anonymous.Contains(function)) return null;
        var key = await KeyOf(http, token);
        if (key is null) return Problems.Unauthenticated();
        if (!Access.Roles.TryGetValue(function, out var roles) || !roles.Contains(key.Role))
            return Problems.Forbidden(Name(key.Role), string.Join(" or ", (roles ?? []).Select(Name)));
        http.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, key.Id), new(ClaimTypes.Name, key.Name), new(ClaimTypes.Role, Name(key.Role))], "api-key"));
        return null;
    }

    private async ValueTask<ApiKey?> KeyOf(HttpContext http, CancellationToken token)
    {
        var authorization = http.Request.Headers.Authorization;
        if (authorization.Count == 1 && authorization[0]!.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return await keys.Find(authorization[0]!["Bearer ".Length..].Trim(), token);
        if (http.Request.Headers["X-Api-Key"] is { Count: 1 } header) return await keys.Find(header[0]!, token);
        // A browser's cookie opens pages only, never the API: no cross-site request can use it there.
        return http.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal) && sessions.KeyIdOf(http) is { } id ? await keys.ById(id, token) : null;
    }

    private static string Name(Role role) => role.ToString().ToLowerInvariant();
}
