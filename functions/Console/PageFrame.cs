using System.Security.Claims;
using Crm.Model;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Crm.Console;

/// <summary>What every page needs around its own content.</summary>
/// <param name="Section">The part of the navigation that is marked: <c>customers</c>, <c>reports</c> or none.</param>
/// <param name="User">Null on pages for everybody.</param>
public sealed record PageFrame(Words Words, Company Company, string? Section, string? User, string FormField, string FormToken)
{
    public static PageFrame Of(HttpContext http, Company company, IAntiforgery antiforgery, string? section = null)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return new PageFrame(Words.For(http.Request), company, section, http.User.FindFirstValue(ClaimTypes.Name), tokens.FormFieldName, tokens.RequestToken!);
    }

    /// <summary>Without forms and navigation: needs nothing that could be down.</summary>
    public static PageFrame Bare(HttpContext http, Company company) => new(Words.For(http.Request), company, null, null, "", "");
}
