using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Hosts;

/// <summary>A sender by the Standard Webhooks specification: signs each attempt anew.</summary>
internal sealed class DemoSender(HttpClient http, string path, string secret, TimeProvider clock)
{
    private readonly byte[] _key = Convert.FromBase64String(secret["whsec_".Length..]);

    public async Task Send(DemoEvent e, CancellationToken token)
    {
        var body = Encoding.UTF8.GetBytes(BodyOf(e).ToJsonString());
        var stamp = clock.GetUtcNow().ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{e.Id}.{stamp}."), .. body];
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("webhook-id", e.Id);
        request.Headers.Add("webhook-timestamp", $"{stamp}");
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, signed)));
        using var answer = await http.SendAsync(request, token);
        answer.EnsureSuccessStatusCode();
    }

    private static JsonObject BodyOf(DemoEvent e)
    {
        var company = new JsonObject { ["address"] = "support@northwind-bikes.example", ["name"] = "Northwind Bikes" };
        var customer = new JsonObject { ["address"] = e.Email, ["name"] = e.Name };
        return new JsonObject
        {
            ["type"] = e.Inbound ? "message.received" : "message.sent",
            ["timestamp"] = e.OccurredAt.ToString("O"),
            ["data"] = new JsonObject
            {
                ["channel"] = e.Channel,
                ["from"] = e.Inbound ? customer : company,
                ["to"] = new JsonArray(e.Inbound ? company : customer),
                ["subject"] = e.Subject,
                ["text"] = e.Text,
            },
        };
    }
}
