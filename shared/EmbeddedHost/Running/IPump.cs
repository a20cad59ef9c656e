namespace Crm.EmbeddedHost;

/// <summary>Feeds one function from its store until the host stops.</summary>
internal interface IPump
{
    FunctionMetadata Function { get; }

    /// <summary>Ends after a stop was asked for, what it began being finished or given back.</summary>
    Task Run();

    /// <summary>Whether nothing runs and the store holds nothing to do now.</summary>
    ValueTask<bool> IsAtRest(CancellationToken token);

    /// <summary>Look at the store now.</summary>
    void Nudge();

    ValueTask<FunctionStatus> Status(CancellationToken token);
}
