using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Tests.Support;

/// <summary>A sender by the Standard Webhooks specification.</summary>
public sealed class StandardSender(HttpClient http, string connectionId, string secret, TimeProvider clock)
{
    private int _sent;

    public string ConnectionId { get; } = connectionId;

    public string Secret { get; } = secret;

    public string Path => $"/api/hooks/{ConnectionId}";

    public static async Task<StandardSender> Connect(World world, string name)
    {
        using var answer = await world.Admin.PostAsJsonAsync("/api/connections", new { name, provider = "standard-webhooks" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var created = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        return new StandardSender(world.Anonymous, created["id"]!.GetValue<string>(), created["secret"]!.GetValue<string>(), world.Clock);
    }

    /// <summary>A message from a customer.</summary>
    public static string Message(string from, string text, DateTimeOffset at, string type = "message.received", string channel = "email", string? name = null) =>
        new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = at.ToString("O"),
            ["data"] = new JsonObject
            {
                ["channel"] = channel,
                ["from"] = new JsonObject { ["address"] = from, ["name"] = name },
                ["to"] = new JsonArray(new JsonObject { ["address"] = "support@company.example" }),
                ["subject"] = "A question",
                ["text"] = text,
            },
        }.ToJsonString();

    public Task<HttpResponseMessage> Send(string body, string? id = null) => Send(Encoding.UTF8.GetBytes(body), id);

    public async Task<HttpResponseMessage> Send(byte[] body, string? id = null) => await http.SendAsync(Request(body, id), TestContext.Current.CancellationToken);

    /// <returns>The receipt's id.</returns>
    public async Task<string> Deliver(string body, string? id = null)
    {
        using var answer = await Send(body, id);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["receiptId"]!.GetValue<string>();
    }

    /// <summary>A signed request, to be changed before it is sent.</summary>
    public HttpRequestMessage Request(byte[] body, string? id = null, string? timestamp = null)
    {
        id ??= $"msg_{Interlocked.Increment(ref _sent)}";
        var stamp = timestamp ?? $"{clock.GetUtcNow().ToUnixTimeSeconds()}";
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{stamp}."), .. body];
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", stamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        return request;
    }
}
