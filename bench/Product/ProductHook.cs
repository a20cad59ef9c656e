using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Crm.Bench.Load;

namespace Crm.Bench.Product;

/// <summary>Asks the running product for a connection that takes signed events.</summary>
internal static class ProductHook
{
    /// <exception cref="HttpRequestException">The product refused; the message holds its answer.</exception>
    public static async Task<HookTarget> CreateAsync(IPEndPoint endPoint, string adminKey, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{endPoint}") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
        using var answer = await http.PostAsJsonAsync(
            "/api/connections", new { name = "bench", provider = "standard-webhooks" }, cancellation);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            throw new HttpRequestException($"POST /api/connections answered {(int)answer.StatusCode}: {text}");
        }

        var created = await answer.Content.ReadFromJsonAsync<Created>(cancellation)
            ?? throw new HttpRequestException("POST /api/connections answered null.");
        return new HookTarget(endPoint, $"/api/hooks/{created.Id}", created.Secret, ExpectsReceipt: true);
    }

    private sealed record Created(string Id, string Url, string Secret);
}
