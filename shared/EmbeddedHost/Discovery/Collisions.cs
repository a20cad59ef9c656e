using Microsoft.AspNetCore.Routing.Patterns;

namespace Crm.EmbeddedHost;

/// <summary>Functions that cannot be served together: they answer one route, or keep one position in a feed.</summary>
internal static class Collisions
{
    public static IEnumerable<string> Of(IReadOnlyList<FunctionMetadata> functions) => [.. Routes(functions), .. Leases(functions)];

    private static IEnumerable<string> Routes(IReadOnlyList<FunctionMetadata> functions) =>
        from same in functions.Where(f => f.Trigger is Trigger.Http).GroupBy(f => Shape(((Trigger.Http)f.Trigger).Route))
        from one in same
        from other in same
        where string.CompareOrdinal(one.Name, other.Name) < 0 && Overlap((Trigger.Http)one.Trigger, (Trigger.Http)other.Trigger)
        select $"'{one.Name}' and '{other.Name}' answer the same method of the route '{((Trigger.Http)one.Trigger).Route}'.";

    private static IEnumerable<string> Leases(IReadOnlyList<FunctionMetadata> functions) =>
        from same in functions.Where(f => f.Trigger is Trigger.Feed)
            .GroupBy(f => (((Trigger.Feed)f.Trigger).LeaseContainer, ((Trigger.Feed)f.Trigger).LeaseId))
        where same.Count() > 1
        select $"{string.Join(" and ", same.Select(f => $"'{f.Name}'"))} share the lease '{same.Key.LeaseId}': give each its own LeaseContainerPrefix.";

    private static bool Overlap(Trigger.Http one, Trigger.Http other) =>
        one.Methods.Count == 0 || other.Methods.Count == 0 ? one.Methods.Count == other.Methods.Count : one.Methods.Intersect(other.Methods).Any();

    /// <summary>Two templates of one shape match the same paths, whatever their parameters are called.</summary>
    private static string Shape(string route) => string.Join('/', RoutePatternFactory.Parse(route).PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter =>
                $"{{{(parameter.IsCatchAll ? "*" : "")}:{string.Join(':', parameter.ParameterPolicies.Select(p => p.Content))}}}",
            _ => "",
        }))));
}
