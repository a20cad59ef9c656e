using System.Text.RegularExpressions;
using Crm.Tests.Support;

namespace Crm.Tests.Architecture;

/// <summary>Who may import what (CONTRIBUTING.md). Each failure names the file and what to do.</summary>
public sealed partial class ImportRules
{
    private static readonly string[] Modules = ["Customers", "Communications", "Service", "Marketing", "Channels", "Analysis", "Reports", "Privacy", "Operations"];

    /// <summary>What each project may reference; an adapter never sees Model, and nothing sees a host.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Kernel"] = [],
        ["Ports"] = [],
        ["Model"] = ["Kernel"],
        ["Resources"] = ["Kernel", "Ports"],
        ["Schemas"] = ["Kernel", "Model"],
        ["Search"] = ["Ports"],
        ["FunctionsContract"] = [],
        ["EmbeddedHost"] = ["FunctionsContract", "Ports"],
        ["Adapters.Sqlite"] = ["Ports"],
        ["Adapters.Files"] = ["Ports"],
        ["Adapters.Blobs"] = ["Ports"],
        ["Adapters.Cosmos"] = ["Ports"],
        ["Adapters.ServiceBus"] = ["Ports"],
    };

    /// <summary>The module that writes each shared noun.</summary>
    private static readonly Dictionary<string, string> Writers = new()
    {
        ["Activity"] = "Channels",
        ["Customer"] = "Customers",
        ["TextInsight"] = "Analysis",
        ["CommunicationContribution"] = "Analysis",
    };

    [Fact]
    public void No_module_imports_another_module()
    {
        var faults =
            from module in Modules
            from file in Sources("functions", module)
            from other in Modules
            where other != module && Regex.IsMatch(file.Code, $@"\bCrm\.{other}\b|using static Crm\.{other}\b")
            select $"{file.Name} uses Crm.{other}: send a message, share a document, or put a family interface into shared/Model.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Nobody_imports_the_console_or_a_host()
    {
        var faults =
            from file in Sources("functions").Concat(Sources("shared"))
            where !file.Name.StartsWith("functions/Console/", StringComparison.Ordinal) && !file.Name.StartsWith("functions/Hosts/", StringComparison.Ordinal)
            where Regex.IsMatch(file.Code, @"\bCrm\.(Console|Hosts)\b")
            where file.Name != "functions/CrmServices.cs"
            select $"{file.Name} uses Crm.Console or Crm.Hosts: they stand last, nothing may need them.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Projects_reference_only_what_stands_before_them()
    {
        var faults =
            from project in Directory.EnumerateFiles(Path.Combine(Repository.Root, "shared"), "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetFileName(Path.GetDirectoryName(project))!
            from Match reference in ProjectReference().Matches(File.ReadAllText(project))
            let target = reference.Groups[1].Value
            where !Allowed.TryGetValue(name, out var allowed) || !allowed.Contains(target)
            select $"shared/{name} references {target}: it may not know it; see CONTRIBUTING.md.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Azure_packages_stay_in_adapters_and_the_Azure_host()
    {
        var faults =
            from file in Sources("functions").Concat(Sources("shared"))
            where !file.Name.StartsWith("shared/Adapters.", StringComparison.Ordinal) && !file.Name.StartsWith("functions/Hosts/Azure", StringComparison.Ordinal)
            from Match used in AzureUsing().Matches(file.Code)
            where !used.Value.StartsWith("using Microsoft.Azure.Functions.Worker", StringComparison.Ordinal)
                && !used.Value.StartsWith("using Microsoft.Azure.WebJobs.Extensions.OpenApi.", StringComparison.Ordinal)
            select $"{file.Name} has '{used.Value}': put it behind a port, in an adapter.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Each_shared_noun_is_written_by_one_module()
    {
        var faults =
            from module in Modules
            from file in Sources("functions", module)
            from Match put in Put().Matches(file.Code)
            let noun = put.Groups[1].Value
            where Writers.GetValueOrDefault(noun) != module
            select $"{file.Name} writes {noun}, which is {Writers.GetValueOrDefault(noun) ?? "nobody"}'s: ask the owner by a message or a family interface.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Only_the_console_and_report_templates_write_HTML()
    {
        var faults =
            from file in Sources("functions").Concat(Sources("shared"))
            where !file.Name.StartsWith("functions/Console/", StringComparison.Ordinal) && !file.Name.StartsWith("functions/Reports/", StringComparison.Ordinal)
            where file.Name.EndsWith(".razor", StringComparison.Ordinal) || file.Code.Contains("\"text/html;", StringComparison.Ordinal)
            select $"{file.Name} writes HTML: a page belongs into Console, a report into Reports.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Only_the_kernel_turns_a_problem_into_an_answer()
    {
        var faults =
            from file in Sources("functions").Concat(Sources("shared"))
            where file.Code.Contains("\"application/problem+json", StringComparison.Ordinal) && file.Name != "shared/Kernel/Answer.cs"
            select $"{file.Name} writes problem+json: return Answer.Problem.";
        Assert.Empty(faults);
    }

    [Fact]
    public void JSON_contexts_are_used_with_the_product_options()
    {
        var faults =
            from file in Sources("functions").Concat(Sources("shared", "Model")).Concat(Sources("shared", "Kernel"))
            from Match used in DefaultContext().Matches(file.Code)
            select $"{file.Name} uses {used.Value}: its options are not ours, use .Crm.";
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Crm.sln")).Replace('\\', '/');
        var faults =
            from project in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(Repository.Root, project).Replace('\\', '/')
            where !name.StartsWith("artifacts/", StringComparison.Ordinal) && !solution.Contains(name, StringComparison.Ordinal)
            select $"{name} is missing from Crm.sln: dotnet sln add {name}";
        Assert.Empty(faults);
    }

    private static IEnumerable<(string Name, string Code)> Sources(params string[] folder) =>
        from path in Directory.Exists(Path.Combine([Repository.Root, .. folder]))
            ? Directory.EnumerateFiles(Path.Combine([Repository.Root, .. folder]), "*", SearchOption.AllDirectories)
            : []
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        select (Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path));

    [GeneratedRegex(@"<ProjectReference Include=""\.\./([^/""]+)/")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"using (Azure|Microsoft\.Azure)\.[A-Za-z.]+")]
    private static partial Regex AzureUsing();

    [GeneratedRegex(@"\.Put\([^;]*?ModelJson\.Crm\.(\w+)", RegexOptions.Singleline)]
    private static partial Regex Put();

    [GeneratedRegex(@"\b\w+Json\.Default\b")]
    private static partial Regex DefaultContext();
}
