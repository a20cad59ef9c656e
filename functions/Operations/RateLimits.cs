using System.Collections.Concurrent;
using System.Globalization;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Operations;

/// <summary>
/// How many requests a key may make in a minute; every answer says how many are left (<c>RateLimit-*</c>). Each instance counts for
/// itself: the figure bounds what one instance does for one key.
/// </summary>
public sealed class RateLimits(CrmSettings settings, TimeProvider clock)
{
    private static readonly long WindowSeconds = 60;

    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>Null: go on. The headers are set either way.</summary>
    public Problem? Count(HttpContext http, string callerId)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var window = _windows.GetOrAdd(callerId, _ => new Window());
        var (used, reset) = window.Use(now);
        var limit = settings.RequestsPerMinute;
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = FormattableString.Invariant($"{limit};w={WindowSeconds}");
        headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = Math.Max(0, limit - used).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        return used > limit ? Problems.TooManyRequests(limit, (int)reset) : null;
    }

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private long _began;
        private int _used;

        /// <returns>Requests in this window with this one, and seconds until the next window.</returns>
        public (int Used, long Reset) Use(long now)
        {
            lock (_lock)
            {
                var began = now - now % WindowSeconds;
                if (began != _began) (_began, _used) = (began, 0);
                return (++_used, _began + WindowSeconds - now);
            }
        }
    }
}
