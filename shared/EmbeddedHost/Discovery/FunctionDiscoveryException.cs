namespace Crm.EmbeddedHost;

/// <summary>The functions cannot be served; <see cref="Problems"/> lists every reason at once.</summary>
public sealed class FunctionDiscoveryException : Exception
{
    public FunctionDiscoveryException() { }

    public FunctionDiscoveryException(string message) : base(message) { }

    public FunctionDiscoveryException(string message, Exception inner) : base(message, inner) { }

    public FunctionDiscoveryException(IReadOnlyList<string> problems)
        : base($"{problems.Count} problem(s) with the functions:{Environment.NewLine}- {string.Join(Environment.NewLine + "- ", problems)}") =>
        Problems = problems;

    public IReadOnlyList<string> Problems { get; } = [];
}
