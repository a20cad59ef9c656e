using System.Reflection;
using System.Text.RegularExpressions;

namespace Crm.EmbeddedHost;

/// <summary>
/// Refuses every function whose signature the embedded host and the Azure Functions isolated worker would not run alike.
/// Attributes are recognised by name, so the same check runs over assemblies built against the real packages.
/// </summary>
public static partial class PortableSignature
{
    internal const string Worker = "Microsoft.Azure.Functions.Worker.";
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Every problem of every function in the assemblies, one sentence each; empty when all are portable.</summary>
    public static IReadOnlyList<string> Problems(params IEnumerable<Assembly> assemblies) =>
        Problems(assemblies.SelectMany(a => a.GetTypes()));

    /// <inheritdoc cref="Problems(IEnumerable{Assembly})"/>
    public static IReadOnlyList<string> Problems(IEnumerable<Type> types)
    {
        List<MethodInfo> functions = [.. types.SelectMany(Functions)];
        IEnumerable<string> taken = functions.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => $"The name '{same.Key}' is used by {string.Join(" and ", same.Select(Place))}; names are unique.");
        return [.. functions.SelectMany(f => Problems(f).Select(problem => $"{Place(f)}: {problem}")), .. taken];
    }

    /// <summary>The methods of a type that carry <c>[Function]</c>, public or not.</summary>
    internal static IEnumerable<MethodInfo> Functions(Type type) =>
        type.GetMethods(Declared).Where(m => Attribute(m, "FunctionAttribute") is not null);

    internal static string NameOf(MethodInfo function) =>
        (string?)Attribute(function, "FunctionAttribute")!.ConstructorArguments[0].Value ?? "";

    internal static string Place(MethodInfo function) => $"{function.DeclaringType}.{function.Name}";

    /// <summary>The problems of one function.</summary>
    internal static IEnumerable<string> Problems(MethodInfo function)
    {
        Type owner = function.DeclaringType!;
        if (!owner.IsPublic) yield return "the class is public and not nested in another.";
        if (owner.IsAbstract || owner.IsGenericType || !owner.IsClass) yield return "the class is neither abstract, static nor generic.";
        if (!function.IsPublic || function.IsGenericMethod) yield return "the method is public and not generic.";
        if (!FunctionName().IsMatch(NameOf(function)))
            yield return "a function's name is 1 to 128 letters, digits, '-' or '_', and begins with a letter.";

        ParameterInfo[] parameters = function.GetParameters();
        List<ParameterInfo> triggers = [.. parameters.Where(p => TriggerOf(p) is not null)];
        if (triggers.Count != 1 || triggers[0].Position != 0)
        {
            yield return "the first parameter, and no other, carries the trigger.";
            yield break;
        }

        if (parameters.Skip(1).Any(Binds) || function.CustomAttributes.Any(a => IsBinding(a.AttributeType)) || Binds(function.ReturnParameter))
            yield return "there is no binding but the trigger: read and write through services.";

        CustomAttributeData trigger = TriggerOf(triggers[0])!;
        bool retries = function.CustomAttributes.Any(a => a.AttributeType.Name.EndsWith("RetryAttribute", StringComparison.Ordinal));
        if (retries && trigger.AttributeType.Name is "HttpTriggerAttribute" or "ServiceBusTriggerAttribute")
            yield return "only change feeds and timers may carry a retry attribute.";
        foreach (string problem in PortableParameters.Problems(function, trigger)) yield return problem;
    }

    internal static CustomAttributeData? TriggerOf(ParameterInfo parameter) =>
        parameter.CustomAttributes.FirstOrDefault(a => Inherits(a.AttributeType, "TriggerBindingAttribute"));

    private static CustomAttributeData? Attribute(MethodInfo method, string name) =>
        method.CustomAttributes.FirstOrDefault(a => a.AttributeType.FullName == Worker + name);

    private static bool Binds(ParameterInfo parameter) => parameter.CustomAttributes.Any(a => IsBinding(a.AttributeType));

    private static bool IsBinding(Type attribute) => Inherits(attribute, "BindingAttribute");

    private static bool Inherits(Type? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.FullName == Worker + "Extensions.Abstractions." + name) return true;
        }

        return false;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex FunctionName();
}
