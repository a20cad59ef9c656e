using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Reports;

/// <summary>Makes the daily communication report: figures, files, then the catalogue entry that makes them the current run.</summary>
public sealed class DailyCommunicationReport(IDocuments documents, IBlobs blobs, ReportRuns runs, Company company, HtmlEncoder encoder, TimeProvider clock)
{
    private static readonly ReportDefinition Definition = ReportDefinition.DailyCommunication;

    /// <summary>Whether anything happened on the day.</summary>
    public async Task<bool> HasData(DateOnly day, CancellationToken token)
    {
        await foreach (var _ in Contributions(day, token)) return true;
        return false;
    }

    /// <summary>The day's run: the one there is when the figures are still the same, else a new revision.</summary>
    public async Task<ReportRun> Make(DateOnly day, CancellationToken token)
    {
        while (true)
        {
            // Read before the contributions: who has seen fewer of them loses the If-Match.
            var before = await runs.Find(Definition.Name, day, token);
            var figures = await Figures(day, token);
            var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(figures with { Watermark = null }, ReportFilesJson.Crm.DailyCommunication)));
            if (before?.Value is { } current && current.FiguresSha256 == hash && current.DefinitionVersion == Definition.Version) return current;

            var run = await Write(figures, hash, before?.Value, token);
            var precondition = before is null ? Precondition.Absent : Precondition.Match(before.ETag);
            if (await documents.Put(ReportRuns.KeyOf(Definition.Name, day), run, ReportsJson.Crm.ReportRun, token, precondition) is WriteOutcome.Written) return run;
        }
    }

    private async Task<DailyCommunication> Figures(DateOnly day, CancellationToken token)
    {
        var contributions = new List<CommunicationContribution>();
        await foreach (var contribution in Contributions(day, token)) contributions.Add(contribution);
        return DailyCommunication.From(company, day, contributions);
    }

    private async IAsyncEnumerable<CommunicationContribution> Contributions(DateOnly day, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        for (var bucket = 0; bucket < CommunicationContribution.Buckets; bucket++)
        {
            var query = new DocumentQuery(Containers.Views, CommunicationContribution.ViewOf(day, bucket), [], Limit: Limits.PageSize);
            await foreach (var document in documents.All(query, token)) yield return document.As(ModelJson.Crm.CommunicationContribution).Value;
        }
    }

    private async Task<ReportRun> Write(DailyCommunication figures, string hash, ReportRun? before, CancellationToken token)
    {
        var revision = (before?.Revision ?? 0) + 1;
        var reason = before is null ? "first" : before.DefinitionVersion != Definition.Version ? "new-definition" : "late-data";
        var id = ReportRun.IdOf(figures.Day);
        // The figures are part of the name: whoever loses a race has written beside the winner, not over it.
        var folder = $"reports/{Definition.Name}/{id}/r{revision}-{hash[..12]}";
        var files = new List<ReportRunFile>();
        foreach (var file in await DailyCommunicationFiles.Render(figures, revision, reason, encoder))
        {
            await blobs.Put($"{folder}/{file.Name}", new MemoryStream(file.Bytes), file.ContentType, default, token);
            files.Add(new ReportRunFile(file.Name, file.ContentType, file.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(file.Bytes)), $"{folder}/{file.Name}"));
        }
        return new ReportRun
        {
            Id = id,
            Kind = ReportRun.KindOf(Definition.Name),
            Report = Definition.Name,
            Day = figures.Day,
            TimeZone = figures.TimeZone,
            Revision = revision,
            Reason = reason,
            Watermark = figures.Watermark,
            FiguresSha256 = hash,
            DefinitionVersion = Definition.Version,
            Rows = figures.Rows.Count,
            CreatedAt = clock.GetUtcNow(),
            SortAt = id,
            Files = files,
            Earlier = before is null ? [] : [.. before.Earlier, new ReportRevision(before.Revision, before.Reason, before.Watermark, before.CreatedAt)],
        };
    }
}
