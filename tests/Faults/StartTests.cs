using Crm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Faults;

/// <summary>What goes wrong at the start is one clear line and exit code 1.</summary>
public sealed class StartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-start-");

    [Fact]
    public async Task A_busy_port()
    {
        await using var world = await World.Begin();
        await Fails("in use", "--data", _folder.FullName, "--urls", world.Url.ToString());
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder()
    {
        await using var first = await HostProcess.Start(_folder.FullName, HostProcess.FreePort());
        await Fails(_folder.FullName, "--data", _folder.FullName, "--urls", $"http://127.0.0.1:{HostProcess.FreePort()}");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written() =>
        await Fails("/proc/crm", "--data", "/proc/crm", "--urls", "http://127.0.0.1:0");

    [Fact]
    public async Task A_database_of_a_newer_version()
    {
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "crm.db")}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9999";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await Fails("9999", "--data", _folder.FullName, "--urls", "http://127.0.0.1:0");
    }

    [Theory]
    [InlineData("Company__TimeZone", "Mars/Olympus", "Company:TimeZone")]
    [InlineData("CRM_ADMIN_KEY", "short", "CRM_ADMIN_KEY")]
    [InlineData("ReportTick", "every day", "ReportTick")]
    public async Task A_setting_that_cannot_be_used(string name, string value, string named)
    {
        var (code, _, error) = await HostProcess.RunToEnd(["--data", _folder.FullName, "--urls", "http://127.0.0.1:0"], (name, value));
        Assert.Equal(1, code);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_address_that_is_none() =>
        await Fails("not an address", "--data", _folder.FullName, "--urls", "not an address");

    [Fact]
    public async Task Help_names_the_options()
    {
        var (code, output, _) = await HostProcess.RunToEnd(["--help"]);
        Assert.Equal(0, code);
        Assert.All(["--urls", "--data", "--demo"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task Fails(string names, params string[] arguments)
    {
        var (code, _, error) = await HostProcess.RunToEnd(arguments);
        Assert.Equal(1, code);
        Assert.Contains(names, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
