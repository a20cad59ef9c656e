using Microsoft.AspNetCore.Http;

namespace Crm.Kernel;

/// <summary>The If-Match of a request that changes something.</summary>
public static class IfMatch
{
    /// <summary>The ETag without quotes; 428 when the header is missing, 400 when it is not one strong ETag.</summary>
    public static Outcome<string> Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0) return Problems.PreconditionRequired();
        var text = header.Count == 1 ? header[0]!.Trim() : "";
        return text.Length is > 2 and <= 200 && text[0] == '"' && text[^1] == '"' && !text.AsSpan(1, text.Length - 2).ContainsAny('"', ',')
            ? text[1..^1]
            : Problems.Invalid(FieldError.Of("If-Match", "expected one ETag in double quotes"));
    }
}
