using System.Text.Json.Nodes;
using Crm.Kernel;
using Crm.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Tests.Functions.Operations;

public sealed class RequestGuardTests
{
    [Fact]
    public async Task Where_even_the_page_of_a_problem_fails_the_problem_is_still_told()
    {
        var http = new DefaultHttpContext { Request = { Method = "GET", Path = "/console/customers" }, Response = { Body = new MemoryStream() } };
        var guard = new RequestGuard(new CallerGate(null!, null!), null!, null!, new BrokenPages(), NullLogger<RequestGuard>.Instance);
        await guard.Run(http, "ShowSignIn", () => throw new InvalidOperationException());
        Assert.Equal(500, http.Response.StatusCode);
        Assert.StartsWith("application/problem+json", http.Response.ContentType, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", http.Response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
        http.Response.Body.Position = 0;
        Assert.Equal("/problems/internal", JsonNode.Parse(http.Response.Body)!["type"]!.GetValue<string>());
    }

    private sealed class BrokenPages : IProblemPages
    {
        public bool AreFor(HttpContext http) => true;

        public Task Write(HttpContext http, Problem problem)
        {
            http.Response.Headers["X-Half-Written"] = "yes";
            throw new InvalidOperationException("The key ring cannot be read.");
        }
    }
}
