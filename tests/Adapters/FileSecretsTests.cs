using Crm.Adapters.Files;
using Crm.Ports;
using Crm.Tests.Suites;

namespace Crm.Tests.Adapters;

public sealed class FileSecretsTests : SecretsPromises, IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("crm-secrets-").FullName, "secrets");

    public FileSecretsTests() => Secrets = new FileSecrets(_folder, name => name == "KNOWN" ? "from-the-settings" : null);

    protected override ISecrets Secrets { get; }

    [Fact]
    public async Task Only_the_owner_may_read_folder_and_files()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix file modes.");
            return;
        }
        // A folder that was there before is narrowed.
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await Secrets.Keep("mine", "value", TestContext.Current.CancellationToken);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        foreach (var file in Directory.EnumerateFiles(_folder)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_gone_when_the_store_opens()
    {
        var reference = await Secrets.Keep("mine", "value", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "~half"), "val", TestContext.Current.CancellationToken);

        var reopened = new FileSecrets(_folder, _ => null);

        Assert.Equal("mine", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(_folder))));
        Assert.Equal("value", await reopened.Read(reference, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_write_that_fails_tells_no_value_and_leaves_none()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "taken"));
        var error = await Assert.ThrowsAnyAsync<SystemException>(async () => await Secrets.Keep("taken", "the-value", TestContext.Current.CancellationToken));

        Assert.DoesNotContain("the-value", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    public void Dispose() => Directory.GetParent(_folder)!.Delete(recursive: true);
}
