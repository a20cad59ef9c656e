using System.Reflection;
using Crm.EmbeddedHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Tests.Architecture;

public sealed class PortableFunctions
{
    private static readonly Assembly Product = Assembly.Load("Crm.Functions");

    [Fact]
    public void Every_function_of_the_product_runs_alike_on_both_hosts() => Assert.Empty(PortableSignature.Problems(Product));

    [Fact]
    public void Every_operation_of_the_API_has_its_function_s_name_and_a_group()
    {
        var faults =
            from type in Product.GetTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)
            where function is not null && trigger?.Route is { } route && !route.StartsWith("console", StringComparison.Ordinal)
            let operation = method.GetCustomAttribute<OpenApiOperationAttribute>()
            where operation is not { Tags.Length: 1 } || operation.OperationId != char.ToLowerInvariant(function.Name[0]) + function.Name[1..]
            select $"{function.Name}: write [OpenApiOperation(\"{char.ToLowerInvariant(function.Name[0])}{function.Name[1..]}\", \"<group>\")] above it.";
        Assert.Empty(faults);
    }
}
