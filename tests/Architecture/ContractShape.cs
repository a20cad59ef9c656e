using System.Reflection;

namespace Crm.Tests.Architecture;

/// <summary>
/// Renders attribute and record types as lines: the type, its constructors, its settable properties. Names only, no types
/// loaded by reference, so that it renders the contract and the real packages alike.
/// </summary>
internal static class ContractShape
{
    /// <summary>Sorted lines of the public types; enums with their values.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Type> types) =>
        [.. types.Where(t => t.IsPublic).SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        string name = type.FullName!;
        if (type.IsEnum)
        {
            foreach (string value in Enum.GetNames(type)) yield return $"{name} = {value} {Convert.ToInt32(Enum.Parse(type, value), null)}";
            yield break;
        }

        yield return $"{name} : {type.BaseType!.FullName}";
        if (!type.IsAbstract)
        {
            foreach (ConstructorInfo constructor in type.GetConstructors())
                yield return $"{name}({string.Join(", ", constructor.GetParameters().Select(p => Spell(p.ParameterType)))})";
        }

        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (property.SetMethod is { IsPublic: true }) yield return $"{name}.{property.Name} {Spell(property.PropertyType)}";
        }
    }

    private static string Spell(Type type) => type.FullName!;
}
