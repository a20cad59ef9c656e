using System.Reflection;

namespace Crm.EmbeddedHost;

/// <summary>The functions found, and what speaks against serving them.</summary>
public sealed record FunctionDiscovery(IReadOnlyList<FunctionMetadata> Functions, IReadOnlyList<string> Problems)
{
    /// <summary>Finds the functions of the types; a problem of one never hides those of another.</summary>
    /// <param name="settings">The value of a setting that an attribute names as <c>%Name%</c>, or null.</param>
    public static FunctionDiscovery Of(IEnumerable<Type> types, Func<string, string?> settings, string leaseContainer)
    {
        List<Type> all = [.. types.Distinct()];
        List<string> problems = [.. PortableSignature.Problems(all)];
        TriggerReader reader = new(new Settings(settings), leaseContainer);
        List<FunctionMetadata> functions = [];
        foreach (MethodInfo method in all.SelectMany(PortableSignature.Functions).Where(m => !PortableSignature.Problems(m).Any()))
        {
            List<string> own = [];
            if (reader.Read(method, own) is { } function) functions.Add(function);
            problems.AddRange(own.Select(problem => $"{PortableSignature.Place(method)}: {problem}"));
        }

        return new([.. functions.OrderBy(f => f.Name, StringComparer.Ordinal)], [.. problems, .. Collisions.Of(functions)]);
    }
}
