namespace Crm.Ports;

/// <summary>
/// Secrets by reference, so that no document holds one. <c>env:NAME</c> reads a setting on every engine; what
/// <see cref="Keep"/> returns is the engine's own (a file, a Key Vault secret).
/// </summary>
public interface ISecrets
{
    /// <summary>Null when nothing is known under the reference.</summary>
    ValueTask<string?> Read(string reference, CancellationToken token);

    /// <summary>Keeps a value and answers its reference.</summary>
    /// <param name="name">1 to 100 characters of <c>a-z 0-9 -</c>; an existing one is overwritten.</param>
    ValueTask<string> Keep(string name, string value, CancellationToken token);
}
