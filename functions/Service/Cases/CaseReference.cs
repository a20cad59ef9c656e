using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;

namespace Crm.Service;

/// <summary>The name of a case that people say and write: ten letters and digits made of its id, and a document that leads back.</summary>
public sealed record CaseReference(string Id, string CaseId)
{
    private const int Length = 10;

    /// <summary><c>7F3K-Q2M8-XA</c>. Of a million cases, two share one with a chance of 1 in 2,000; the older then keeps it.</summary>
    public static string Of(string caseId)
    {
        var letters = Ids.Of(caseId).ToUpperInvariant();
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..Length]}";
    }

    /// <summary>Where the case of a reference is named; null for a text that is none. Case, spaces and hyphens do not matter.</summary>
    public static DocumentKey? KeyOf(string reference)
    {
        var letters = string.Concat(reference.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return letters.Length == Length ? new DocumentKey(Containers.Identities, "case-reference-" + letters, "case-reference-" + letters) : null;
    }

    /// <summary>Leads to this case, unless another was first.</summary>
    public static DocumentWrite WriteOf(Case one)
    {
        var key = KeyOf(one.Reference)!.Value;
        return new DocumentWrite(key, JsonSerializer.SerializeToUtf8Bytes(new CaseReference(key.Id, one.Id), ServiceJson.Crm.CaseReference), Precondition.Absent);
    }
}
