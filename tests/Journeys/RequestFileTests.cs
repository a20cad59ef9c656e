using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>The example requests of the documents do what they say.</summary>
public sealed class RequestFileTests
{
    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "requests"), "*.http").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_requests_are_answered_as_expected(string file)
    {
        await using var world = await World.Begin();
        var requests = new RequestFile(world.Anonymous, new Dictionary<string, string> { ["host"] = world.Url.ToString().TrimEnd('/'), ["key"] = World.AdminKey });
        var run = await requests.Run(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "requests", file), TestContext.Current.CancellationToken), world.Settle);
        Assert.True(run > 0, $"{file} has no request.");
    }
}
