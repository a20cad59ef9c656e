using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Tests.Architecture;

public sealed class FunctionsContractShape
{
    [Fact]
    public void The_contract_has_the_shape_of_the_real_packages()
    {
        string file = Path.Combine(Root(), "shared", "FunctionsContract", "shape.txt");
        string[] wanted = [.. File.ReadAllLines(file).Where(line => line.Length > 0 && line[0] != '#')];
        Type[] declared = [typeof(FunctionAttribute), typeof(RetryAttribute), typeof(HttpTriggerAttribute),
            typeof(CosmosDBTriggerAttribute), typeof(ServiceBusTriggerAttribute), typeof(TimerTriggerAttribute), typeof(TimerInfo), typeof(OpenApiOperationAttribute)];
        IReadOnlyList<string> shape = ContractShape.Of(declared.Select(t => t.Assembly).Distinct().SelectMany(a => a.GetExportedTypes()));
#if AZURE_FUNCTIONS
        Assert.Empty(wanted.Except(shape)); // The real packages hold more than the contract asks for.
#else
        Assert.Equal(wanted, shape);
#endif
    }

    [Fact]
    public void A_further_property_shows_in_the_shape()
    {
        string line = Assert.Single(ContractShape.Of([typeof(ShapeSample)]), l => l.Contains("Added", StringComparison.Ordinal));
        Assert.Equal("Crm.Tests.Architecture.ShapeSample.Added System.Int32", line);
    }

    internal static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Crm.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The solution's folder is not above the tests.");
    }
}

public sealed class ShapeSample
{
    public int Added { get; set; }

    public int ReadOnly { get; }
}
