using System.Diagnostics;
using System.Security.Cryptography;

namespace Crm.Tests.Support;

/// <summary>What npm installs from a committed lock file, once for every version of that file.</summary>
internal static class NpmPackage
{
    /// <param name="name">The folder in tests/ that holds package.json, its lock file and scripts of ours.</param>
    /// <returns>The folder where it is installed, with those files beside <c>node_modules</c>.</returns>
    public static async Task<string> Install(string npm, string name, CancellationToken token)
    {
        var source = Path.Combine(Repository.Root, "tests", name);
        var version = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"), token)))[..12];
        var target = Path.Combine(Repository.Root, "artifacts", "npm", name, version);
        if (Directory.Exists(target)) return target;

        // Installed aside and then renamed: an install that broke off, or another at the same time, is never taken for whole.
        var aside = $"{target}~{Guid.NewGuid():N}";
        Directory.CreateDirectory(aside);
        try
        {
            foreach (var file in Directory.EnumerateFiles(source, "*.*js*")) File.Copy(file, Path.Combine(aside, Path.GetFileName(file)));
            await Run(npm, aside, token);
            Place(aside, target);
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
        return target;
    }

    private static void Place(string aside, string target)
    {
        try
        {
            Directory.Move(aside, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another was faster, and installed the same.
        }
    }

    private static async Task Run(string npm, string folder, CancellationToken token)
    {
        var start = new ProcessStartInfo(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
            await process.WaitForExitAsync(token);
            Assert.True(process.ExitCode == 0, $"npm ci failed: {await output}{await error}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
