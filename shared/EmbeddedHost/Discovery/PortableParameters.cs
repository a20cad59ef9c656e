using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Crm.EmbeddedHost;

/// <summary>The parameters and results that each trigger allows: the portable ones, which both hosts bind alike.</summary>
internal static class PortableParameters
{
    private static readonly HashSet<Type> Values = [typeof(string), typeof(int), typeof(int?), typeof(Guid), typeof(Guid?)];

    /// <summary>What a queue function may ask about its message, by name.</summary>
    private static readonly Dictionary<string, (Type[] Types, bool Optional)> Metadata = new(StringComparer.OrdinalIgnoreCase)
    {
        ["messageId"] = ([typeof(string)], false),
        ["deliveryCount"] = ([typeof(int)], false),
        ["enqueuedTimeUtc"] = ([typeof(DateTime), typeof(DateTimeOffset)], false),
        ["deadLetterReason"] = ([typeof(string)], true),
        ["deadLetterErrorDescription"] = ([typeof(string)], true),
    };

    public static IEnumerable<string> Problems(MethodInfo function, CustomAttributeData trigger) => trigger.AttributeType.FullName switch
    {
        PortableSignature.Worker + "HttpTriggerAttribute" =>
            [.. Shape(function, typeof(HttpRequest), typeof(Task<IResult>)), .. Http(function, trigger)],
        PortableSignature.Worker + "CosmosDBTriggerAttribute" =>
            [.. Shape(function, typeof(IReadOnlyList<JsonElement>), typeof(Task)), .. OnlyToken(function)],
        PortableSignature.Worker + "ServiceBusTriggerAttribute" =>
            [.. Shape(function, typeof(string), typeof(Task)), .. Queue(function, trigger)],
        PortableSignature.Worker + "TimerTriggerAttribute" => [.. Timer(function), .. OnlyToken(function)],
        string other => [$"the trigger {other} is not one of HTTP, change feed, queue and timer."],
        null => [],
    };

    private static IEnumerable<string> Shape(MethodInfo function, Type first, Type result)
    {
        if (function.GetParameters()[0].ParameterType != first) yield return $"the first parameter is {Name(first)}.";
        if (function.ReturnType != result) yield return $"the method returns {Name(result)}.";
        if (function.GetParameters().Count(p => p.ParameterType == typeof(CancellationToken)) > 1) yield return "there is one CancellationToken.";
    }

    private static IEnumerable<string> Timer(MethodInfo function)
    {
        if (function.GetParameters()[0].ParameterType.FullName != PortableSignature.Worker + "TimerInfo") yield return "the first parameter is TimerInfo.";
        if (function.ReturnType != typeof(Task)) yield return "the method returns Task.";
    }

    private static IEnumerable<string> OnlyToken(MethodInfo function) => Others(function)
        .Select(p => $"'{p.Name}' binds to nothing: besides the trigger only a CancellationToken is passed.");

    private static IEnumerable<string> Http(MethodInfo function, CustomAttributeData trigger)
    {
        string? route = RouteOf(trigger);
        HashSet<string> required = route is null ? [] : Required(route);
        foreach (ParameterInfo value in Others(function))
        {
            if (!Values.Contains(value.ParameterType)) yield return $"'{value.Name}' is a string, an int or a Guid.";
            else if (!required.Contains(value.Name!) && !IsOptional(value))
                yield return $"'{value.Name}' may be missing from the request: make it nullable or give it a default.";
        }
    }

    private static IEnumerable<string> Queue(MethodInfo function, CustomAttributeData trigger)
    {
        if (trigger.ConstructorArguments.Count != 1) yield return "only queues are served, not topics.";
        if (Set(trigger, "IsBatched", true)) yield return "IsBatched is not portable: one message per run.";
        if (Set(trigger, "IsSessionsEnabled", true)) yield return "sessions are not served.";
        if (Set(trigger, "AutoCompleteMessages", false)) yield return "messages are completed by the host.";
        foreach (ParameterInfo value in Others(function))
        {
            if (!Metadata.TryGetValue(value.Name!, out (Type[] Types, bool Optional) known))
                yield return $"'{value.Name}' is not one of {string.Join(", ", Metadata.Keys)}.";
            else if (!known.Types.Contains(value.ParameterType)) yield return $"'{value.Name}' is {Name(known.Types[0])}.";
            else if (known.Optional && !IsOptional(value)) yield return $"'{value.Name}' may be missing: make it nullable.";
        }
    }

    private static IEnumerable<ParameterInfo> Others(MethodInfo function) =>
        function.GetParameters().Skip(1).Where(p => p.ParameterType != typeof(CancellationToken));

    private static bool Set(CustomAttributeData trigger, string property, bool to) =>
        trigger.NamedArguments.Any(a => a.MemberName == property && a.TypedValue.Value is bool value && value == to);

    private static string? RouteOf(CustomAttributeData trigger) =>
        trigger.NamedArguments.FirstOrDefault(a => a.MemberName == "Route").TypedValue.Value as string;

    private static HashSet<string> Required(string route)
    {
        try
        {
            return new(
                RoutePatternFactory.Parse(route).Parameters.Where(p => !p.IsOptional && !p.IsCatchAll && p.Default is null).Select(p => p.Name),
                StringComparer.OrdinalIgnoreCase);
        }
        catch (RoutePatternException)
        {
            return []; // Reported by discovery, which tells where the template breaks.
        }
    }

    private static bool IsOptional(ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null) return true;
        return !parameter.ParameterType.IsValueType
            && new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull;
    }

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
