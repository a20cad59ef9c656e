namespace Crm.Model;

/// <summary>Keeps what could not be handled, so that nothing that was acknowledged is lost. Operations answers.</summary>
public interface IDeadLetters
{
    /// <summary>Durable when it returns; the same letter kept twice is one.</summary>
    Task Keep(DeadLetter letter, CancellationToken token);
}

/// <param name="Stage">Where it failed: <c>mapping</c>, <c>feed</c> or <c>queue</c>.</param>
/// <param name="Source">The container or queue.</param>
/// <param name="Subject">The id of the document or message.</param>
/// <param name="Reason">A short stable word, such as <c>malformed-json</c>.</param>
/// <param name="Detail">For an operator; without personal data.</param>
/// <param name="Content">What is needed to try again (a pointer), as JSON text.</param>
public sealed record DeadLetter(string Stage, string Source, string Subject, string Reason, string Detail, string? Content = null);
