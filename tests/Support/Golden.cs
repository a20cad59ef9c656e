using System.Text;

namespace Crm.Tests.Support;

/// <summary>Approved outputs under tests/Golden.</summary>
public static class Golden
{
    /// <summary>
    /// Compares with the committed file; on a difference the actual bytes are written beside it as <c>.received</c>.
    /// <c>CRM_APPROVE=1</c> takes them as the new golden file.
    /// </summary>
    public static void Match(string path, byte[] actual)
    {
        var file = Repository.Golden(path.Split('/'));
        if (Environment.GetEnvironmentVariable("CRM_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, actual);
            return;
        }
        var expected = File.Exists(file) ? File.ReadAllBytes(file) : [];
        if (expected.AsSpan().SequenceEqual(actual)) return;
        var received = Path.ChangeExtension(file, ".received" + Path.GetExtension(file));
        File.WriteAllBytes(received, actual);
        Assert.Fail($"tests/Golden/{path} differs; see {Path.GetFileName(received)} beside it.\n{Encoding.UTF8.GetString(actual.AsSpan(0, Math.Min(actual.Length, 2000)))}");
    }
}
