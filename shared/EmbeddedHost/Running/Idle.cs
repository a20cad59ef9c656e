namespace Crm.EmbeddedHost;

/// <summary>
/// Tells when no pump has anything to do. Each is asked in turn; if something moved meanwhile, one that was at rest may no
/// longer be, so the round is done again. One that is not at rest is nudged, and moves sooner or later.
/// </summary>
internal sealed class Idle(IReadOnlyList<IPump> pumps, Movement movement)
{
    public async Task Reached(CancellationToken token)
    {
        while (true)
        {
            long seen = movement.Version;
            if (!await AllAtRest(token)) await movement.After(seen, token);
            else if (movement.Version == seen) return;
        }
    }

    private async Task<bool> AllAtRest(CancellationToken token)
    {
        foreach (IPump pump in pumps)
        {
            if (await pump.IsAtRest(token)) continue;
            pump.Nudge();
            return false;
        }

        return true;
    }
}
