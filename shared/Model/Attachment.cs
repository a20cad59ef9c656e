namespace Crm.Model;

/// <summary>A file that came with a message; its bytes are kept once, by hash.</summary>
/// <param name="FileName">Made safe: no path, no control characters.</param>
/// <param name="ContentType">As declared; never used to serve it.</param>
/// <param name="SniffedType">From its first bytes; null where they tell nothing.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Blob">The name of the blob.</param>
/// <param name="ContentId">What <c>cid:</c> links name, without angle brackets.</param>
public sealed record Attachment(
    string FileName,
    string ContentType,
    string? SniffedType,
    long Size,
    string Sha256,
    string Blob,
    string? ContentId = null,
    bool Inline = false);
