using System.Globalization;
using Crm.Model;
using Crm.Ports;

namespace Crm.Analysis;

/// <summary>The part of an event's trail that analysis wrote.</summary>
public sealed class TellOfInsights(IDocuments documents) : ITellsOfEvents
{
    public int Order => 2;

    public async Task Tell(EventTrail trail, CancellationToken token)
    {
        if (trail.Stages.Count == 0 || trail.Stages.Exists(s => s.State == StageState.Quarantined)) return;
        if (trail.Activity is not { } activity)
        {
            trail.Stages.Add(new TrailStage("insights", StageState.Waiting, null, null, []));
            return;
        }
        var stored = await documents.Get(new DocumentKey(Containers.Insights, activity.CustomerId, TextInsight.IdOf(activity.Id)), ModelJson.Crm.TextInsight, token);
        trail.Stages.Add(stored is null
            ? new TrailStage("insights", StageState.Waiting, null, null, [])
            : new TrailStage("insights", StageState.Done, stored.Value.AnalysedAt, stored.ETag,
            [
                new("language", stored.Value.Language),
                new("languageConfidence", stored.Value.LanguageConfidence.ToString(CultureInfo.InvariantCulture)),
                new("sentiment", stored.Value.Sentiment?.ToString(CultureInfo.InvariantCulture) ?? "none: no model speaks this language yet"),
                new("label", stored.Value.Label.ToString().ToLowerInvariant()),
                new("methodVersion", stored.Value.MethodVersion.ToString(CultureInfo.InvariantCulture)),
            ]));
    }
}
