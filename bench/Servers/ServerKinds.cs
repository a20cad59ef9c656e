namespace Crm.Bench.Servers;

/// <summary>Every program that can be measured, in the order in which tables show them.</summary>
internal static class ServerKinds
{
    public static IReadOnlyList<IServerKind> All { get; } = [new CeilingServer(), new FloorServer(), new CrmServer()];

    /// <exception cref="ArgumentException">No kind has this name.</exception>
    public static IServerKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new ArgumentException($"No server is called '{name}'; there are {string.Join(", ", All.Select(k => k.Name))}.");
}
