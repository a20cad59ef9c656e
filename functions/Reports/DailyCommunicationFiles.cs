using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Reports;

/// <summary>Renders the figures as HTML, CSV, NDJSON and a manifest: the same figures, revision and reason give the same bytes.</summary>
public static class DailyCommunicationFiles
{
    public static async Task<IReadOnlyList<ReportFile>> Render(DailyCommunication figures, int revision, string reason, System.Text.Encodings.Web.HtmlEncoder encoder)
    {
        List<ReportFile> files =
        [
            new("report.html", "text/html; charset=utf-8", await Html(figures, revision, reason, encoder)),
            new("rows.csv", "text/csv; charset=utf-8", Csv(figures)),
            new("rows.ndjson", "application/x-ndjson; charset=utf-8", Ndjson(figures)),
        ];
        files.Add(new ReportFile("manifest.json", "application/json; charset=utf-8", Manifest(figures, revision, reason, files)));
        return files;
    }

    /// <summary>The rows as they stand in CSV and NDJSON.</summary>
    internal static IEnumerable<DailyCommunicationLine> Lines(DailyCommunication figures) => figures.Rows.Select(r => new DailyCommunicationLine(
        figures.Day, Name(r.Channel), Name(r.Direction), r.Language, r.Count, r.Positive, r.Neutral, r.Negative, r.Unknown, r.MeanCompound));

    private static async Task<byte[]> Html(DailyCommunication figures, int revision, string reason, System.Text.Encodings.Web.HtmlEncoder encoder)
    {
        await using var services = new ServiceCollection().AddSingleton(encoder).BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var text = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Figures"] = figures, ["Revision"] = revision, ["Reason"] = reason });
            return (await renderer.RenderComponentAsync<DailyCommunicationPage>(parameters)).ToHtmlString();
        });
        return Encoding.UTF8.GetBytes(text);
    }

    private static byte[] Csv(DailyCommunication figures)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            csv.WriteHeader([.. DailyCommunicationColumns.All.Select(c => c.Name)]);
            foreach (var line in Lines(figures))
            {
                csv.WriteField(line.Day);
                csv.WriteField(line.Channel);
                csv.WriteField(line.Direction);
                csv.WriteField(line.Language);
                csv.WriteField(line.Count);
                csv.WriteField(line.Positive);
                csv.WriteField(line.Neutral);
                csv.WriteField(line.Negative);
                csv.WriteField(line.Unknown);
                csv.WriteField(line.MeanCompound);
                csv.EndRecord();
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Ndjson(DailyCommunication figures)
    {
        using var bytes = new MemoryStream();
        foreach (var line in Lines(figures))
        {
            JsonSerializer.Serialize(bytes, line, ReportFilesJson.Crm.DailyCommunicationLine);
            bytes.WriteByte((byte)'\n');
        }
        return bytes.ToArray();
    }

    private static byte[] Manifest(DailyCommunication figures, int revision, string reason, IEnumerable<ReportFile> files)
    {
        var manifest = new ReportManifest(
            ReportDefinition.DailyCommunication.Name, ReportDefinition.DailyCommunication.Version, figures.Day, figures.TimeZone, figures.Watermark, revision, reason,
            [.. files.Select(f => new ReportManifestFile(f.Name, f.ContentType, f.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(f.Bytes)), f.Name == "report.html" ? null : figures.Rows.Count))],
            DailyCommunicationColumns.All);
        return JsonSerializer.SerializeToUtf8Bytes(manifest, ReportFilesJson.Indented.ReportManifest);
    }

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
