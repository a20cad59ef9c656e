namespace Crm.Model;

/// <summary>Who an address belongs to. Customers answers; senders ask.</summary>
public interface ICustomerDirectory
{
    /// <summary>The customer of an identity; a first contact makes one, also under concurrency, exactly once.</summary>
    /// <param name="name">Taken only for a new customer.</param>
    /// <param name="source">The connection whose event it is.</param>
    /// <param name="seenAt">The creation time of a new customer.</param>
    ValueTask<string> CustomerOf(Identity identity, string? name, string source, DateTimeOffset seenAt, CancellationToken token);
}
