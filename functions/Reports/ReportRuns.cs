using Crm.Ports;

namespace Crm.Reports;

/// <summary>The catalogue of report runs.</summary>
public sealed class ReportRuns(IDocuments documents)
{
    public ValueTask<Stored<ReportRun>?> Find(string report, DateOnly day, CancellationToken token) =>
        documents.Get(KeyOf(report, day), ReportsJson.Crm.ReportRun, token);

    /// <summary>Newest day first.</summary>
    public async Task<(IReadOnlyList<ReportRun> Runs, string? Continuation)> Page(string report, int limit, string? position, CancellationToken token)
    {
        var page = await documents.Query(
            new DocumentQuery(Containers.Catalog, ReportRun.KindOf(report), [], "sortAt", Descending: true, limit, position), token);
        return ([.. page.Documents.Select(d => d.As(ReportsJson.Crm.ReportRun).Value)], page.Continuation);
    }

    public static DocumentKey KeyOf(string report, DateOnly day) => new(Containers.Catalog, ReportRun.KindOf(report), ReportRun.IdOf(day));
}
