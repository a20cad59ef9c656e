using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Architecture;

/// <summary>What the code names stands in infra/, and the reverse. The templates are read as text: nothing here compiles them.</summary>
public sealed partial class InfrastructureTests
{
    [Fact]
    public void Containers_are_the_code_s_with_keys_times_to_live_and_indexes()
    {
        var declared = ContainerLine().Matches(Module("cosmos")).Select(m => m.Value.Trim());
        var wanted = Containers.All.Select(c => string.Create(
            CultureInfo.InvariantCulture,
            $"{{ name: '{c.Name}', key: '/{c.PartitionProperty}', ttl: {(c.TimeToLive is { } life ? (long)life.TotalSeconds : -1)}, indexes: [{string.Join(", ", (c.Indexes ?? []).Concat(c.CrossPartition ?? []).Select(i => $"[{string.Join(", ", i.Select(p => $"'{p}'"))}]"))}] }}"));
        Assert.Equal(wanted, declared);
    }

    [Fact]
    public void Queues_are_the_code_s()
    {
        var block = Regex.Match(Module("servicebus"), @"var queues = \[(.*?)\]", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(Queues.All.Order(StringComparer.Ordinal), Regex.Matches(block, "'([^']+)'").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_that_functions_read_is_set_and_no_other()
    {
        string[] platform = ["AzureWebJobsStorage", "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"];
        var block = Regex.Match(Module("functions"), @"name: 'appsettings'\s+properties: \{(.*?)\n    \}", RegexOptions.Singleline).Groups[1].Value;
        var set = Regex.Matches(block, @"^\s+(\w+):", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToList();
        var sample = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")), "^\\s+\"(\\w+)\":\\s+\"", RegexOptions.Multiline).Select(m => m.Groups[1].Value);
        var source = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        foreach (var placeholder in Regex.Matches(source, "\"%(\\w+)%\"").Select(m => m.Groups[1].Value)) Assert.Contains(placeholder, set);
        foreach (var connection in Regex.Matches(source, "Connection = \"(\\w+)\"").Select(m => m.Groups[1].Value).Distinct()) Assert.Contains(set, s => s.StartsWith(connection + "__", StringComparison.Ordinal));
        foreach (var name in sample.Where(s => s is not ("FUNCTIONS_WORKER_RUNTIME" or "AzureWebJobsStorage"))) Assert.Contains(name, set);
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));
        foreach (var name in set.Where(s => !platform.Any(p => s.StartsWith(p, StringComparison.Ordinal))))
            Assert.Contains($"`{name.Replace("__", ":", StringComparison.Ordinal)}`", documented, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_gets_a_key_and_every_store_refuses_them()
    {
        var all = Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra"), "*.bicep", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        Assert.All(all, text => Assert.DoesNotMatch("listKeys|listConnectionStrings|primaryKey|AccountKey", text));
        Assert.Contains("disableLocalAuth: true", Module("cosmos"), StringComparison.Ordinal);
        Assert.Contains("disableLocalAuth: true", Module("servicebus"), StringComparison.Ordinal);
        Assert.Contains("allowSharedKeyAccess: false", Module("storage"), StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_are_called_with_the_parameters_that_they_have()
    {
        var main = File.ReadAllText(Path.Combine(Repository.Root, "infra", "main.bicep"));
        foreach (Match module in Regex.Matches(main, @"module \w+ 'modules/(\w+)\.bicep' =.*?params: \{(.*?)\}\n\}", RegexOptions.Singleline))
        {
            var declared = Regex.Matches(Module(module.Groups[1].Value), @"^param (\w+) \w+(.*)$", RegexOptions.Multiline).ToList();
            var given = Regex.Matches(module.Groups[2].Value, @"(?:^|[,{])\s*(\w+):", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
            Assert.Equal(declared.Where(d => !d.Groups[2].Value.Contains('=')).Select(d => d.Groups[1].Value).Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
        }
    }

    private static string Module(string name) => File.ReadAllText(Path.Combine(Repository.Root, "infra", "modules", name + ".bicep"));

    [GeneratedRegex(@"^  \{ name: '.*indexes: .*\}$", RegexOptions.Multiline)]
    private static partial Regex ContainerLine();
}
