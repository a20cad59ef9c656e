namespace Crm.Model;

/// <summary>Something to do that a module proposes, with its grounds. It is computed when asked; what is kept is what a person decided about it.</summary>
/// <param name="Id">From kind, subject and the grounds that matter: while these stay the same so does the id, and one that was dismissed comes back only on new grounds.</param>
/// <param name="Kind">In kebab-case, <c>answer-customer</c> say; people read it in their language.</param>
/// <param name="Module">customers, communications, service or marketing.</param>
/// <param name="Subject">The API path of what it is about, <c>/api/cases/...</c> say.</param>
/// <param name="Score">How pressing, 0 to 1; comparable over modules.</param>
/// <param name="Until">When it is no longer of use; null: open.</param>
public sealed record Suggestion(
    string Id,
    string Kind,
    string Module,
    string Subject,
    string? CustomerId,
    double Score,
    IReadOnlyList<SuggestionReason> Reasons,
    DateTimeOffset? Until = null);

/// <param name="Code">In kebab-case, <c>waits-for-hours</c> say.</param>
/// <param name="Value">A number, time (ISO 8601, UTC) or name that the code's sentence needs; invariant.</param>
public sealed record SuggestionReason(string Code, string? Value = null);

/// <summary>A module that proposes what to do.</summary>
public interface ISuggests
{
    /// <summary>About one customer, in no order.</summary>
    Task<IReadOnlyList<Suggestion>> AboutCustomer(string customerId, CancellationToken token);

    /// <summary>The most pressing ones of the whole company, largest score first.</summary>
    Task<IReadOnlyList<Suggestion>> MostPressing(int limit, CancellationToken token);
}
