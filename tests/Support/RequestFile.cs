using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crm.Tests.Support;

/// <summary>
/// A <c>.http</c> file as editors run it: requests between <c>###</c>, variables (<c>@name = value</c>, <c>{{name}}</c>), answers by name
/// (<c># @name made</c>, <c>{{made.response.body.$.id}}</c>, <c>{{made.response.headers.ETag}}</c>); and the status that <c># expect 201</c> names.
/// </summary>
public sealed partial class RequestFile(HttpClient http, IReadOnlyDictionary<string, string> given)
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (JsonNode? Body, HttpResponseMessage Answer)> _answers = new(StringComparer.Ordinal);

    /// <summary>The number of requests that were run, each with the status it expects.</summary>
    public async Task<int> Run(string text, Func<Task> between)
    {
        var run = 0;
        foreach (var block in Separator().Split(text.ReplaceLineEndings("\n")))
        {
            if (await RunBlock(block)) run++;
            await between();
        }
        return run;
    }

    private async Task<bool> RunBlock(string block)
    {
        var lines = new Queue<string>(block.Split('\n'));
        string? name = null;
        int? expected = null;
        while (lines.TryPeek(out var line) && (line.Length == 0 || line.StartsWith('#') || line.StartsWith('@') || line.StartsWith("//", StringComparison.Ordinal)))
        {
            lines.Dequeue();
            if (Variable().Match(line) is { Success: true } variable) _variables[variable.Groups[1].Value] = Filled(variable.Groups[2].Value.Trim());
            if (Named().Match(line) is { Success: true } named) name = named.Groups[1].Value;
            if (Expect().Match(line) is { Success: true } expect) expected = int.Parse(expect.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }
        if (!lines.TryDequeue(out var first)) return false;

        var parts = first.Split(' ', 2);
        var address = parts[1];
        while (lines.TryPeek(out var more) && (more.TrimStart().StartsWith('?') || more.TrimStart().StartsWith('&'))) address += lines.Dequeue().Trim();
        using var request = new HttpRequestMessage(new HttpMethod(parts[0]), Filled(address));
        var headers = new List<(string Name, string Value)>();
        while (lines.TryDequeue(out var header) && header.Length > 0)
            headers.Add((header[..header.IndexOf(':', StringComparison.Ordinal)], Filled(header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())));
        var body = Filled(string.Join('\n', lines).TrimEnd());
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (header, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header, value)) request.Content!.Headers.TryAddWithoutValidation(header, value);
        }

        var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected is not null, $"{first}: write '# expect <status>' above it.");
        Assert.True(expected == (int)answer.StatusCode, $"{first}: expected {expected}, got {(int)answer.StatusCode} {content}");
        if (name is not null) _answers[name] = (content.StartsWith('{') || content.StartsWith('[') ? JsonNode.Parse(content) : null, answer);
        return true;
    }

    private string Filled(string text) => Placeholder().Replace(text, match =>
    {
        var path = match.Groups[1].Value.Trim();
        var steps = path.Split('.');
        if (given.TryGetValue(path, out var value) || _variables.TryGetValue(path, out value)) return value;
        if (steps.Length < 4 || !_answers.TryGetValue(steps[0], out var answer)) throw new InvalidOperationException($"Nothing is named {{{{{path}}}}}.");
        if (steps[2] == "headers") return answer.Answer.Headers.NonValidated[steps[3]].ToString();
        var node = answer.Body;
        foreach (var step in steps[4..])
        {
            var index = Index().Match(step);
            node = index.Success ? node![index.Groups[1].Value]![int.Parse(index.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)] : node![step];
        }
        return node!.ToString();
    });

    [GeneratedRegex(@"^###.*$", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^@(\w+)\s*=\s*(.*)$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?:#|//)\s*@name\s+(\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(?:#|//)\s*expect\s+(\d{3})")]
    private static partial Regex Expect();

    [GeneratedRegex(@"\{\{([^}]+)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^(\w+)\[(\d+)\]$")]
    private static partial Regex Index();
}
