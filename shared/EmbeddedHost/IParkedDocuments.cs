using System.Text.Json;

namespace Crm.EmbeddedHost;

/// <summary>
/// Keeps the documents of a change feed that a function failed on until its retries ended. Without one registered, such a
/// document is skipped with an error in the log, as Azure does.
/// </summary>
public interface IParkedDocuments
{
    /// <summary>Durable when it returns; called again until it succeeds, because the feed then leaves the document behind.</summary>
    Task Park(string function, string container, JsonElement document, Exception error, CancellationToken token);
}
