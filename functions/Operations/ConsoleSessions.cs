using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Crm.Operations;

/// <summary>A person's signed-in browser: a protected cookie that names the key, for twelve hours, as long as the key lives.</summary>
public sealed class ConsoleSessions(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string CookieName = "crm-session";
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    private readonly IDataProtector _protector = protection.CreateProtector("Crm.ConsoleSession.v1");

    public void SignIn(HttpContext http, ApiKey key)
    {
        var expires = clock.GetUtcNow() + Life;
        var value = _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}|{key.Id}"));
        http.Response.Cookies.Append(CookieName, value, Options(http, Life));
    }

    public static void SignOut(HttpContext http) => http.Response.Cookies.Delete(CookieName, Options(http, null));

    /// <summary>Null when nobody is signed in, or no longer.</summary>
    public string? KeyIdOf(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and < 4096 } cookie) return null;
        try
        {
            var parts = _protector.Unprotect(cookie).Split('|');
            var expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return expires > clock.GetUtcNow() ? parts[1] : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? life) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/console",
        MaxAge = life,
        IsEssential = true,
    };
}
