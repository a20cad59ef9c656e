using Crm.Kernel;
using Crm.Ports;

namespace Crm.Operations;

/// <summary>One-time links that sign a browser in: good once, for ten minutes. Only their hash is kept.</summary>
public sealed class SignInLinks(IDocuments documents, ApiKeys keys)
{
    private const string KindName = "sign-in-link";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <returns>The ticket to put into the link.</returns>
    public async Task<string> Make(string apiKeyId, CancellationToken token)
    {
        var ticket = Ids.Random(32);
        var id = Ids.Of("sign-in:" + ticket);
        await documents.Put(KeyOf(id), new SignInLink(id, KindName, apiKeyId), OperationsJson.Crm.SignInLink, token, Precondition.Absent, Life);
        return ticket;
    }

    /// <summary>The key that the link stands for; null when it was used, has expired or never was.</summary>
    public async Task<ApiKey?> Use(string ticket, CancellationToken token)
    {
        var key = KeyOf(Ids.Of("sign-in:" + ticket));
        if (await documents.Get(key, OperationsJson.Crm.SignInLink, token) is not { } link) return null;
        var once = await documents.Delete(key, Precondition.Match(link.ETag), token);
        return once is WriteOutcome.Written ? await keys.ById(link.Value.ApiKeyId, token) : null;
    }

    private static DocumentKey KeyOf(string id) => new(Containers.Catalog, KindName, id);
}

public sealed record SignInLink(string Id, string Kind, string ApiKeyId);
