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
        await Secrets.Keep("mine", "value", TestContext.Current.CancellationToken);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        foreach (var file in Directory.EnumerateFiles(_folder)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    public void Dispose() => Directory.GetParent(_folder)!.Delete(recursive: true);
}
