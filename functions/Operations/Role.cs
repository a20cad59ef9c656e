namespace Crm.Operations;

/// <summary>What a caller is for.</summary>
public enum Role
{
    /// <summary>Everything.</summary>
    Admin,

    /// <summary>Answers customers.</summary>
    Agent,

    /// <summary>Runs campaigns.</summary>
    Marketer,

    /// <summary>Reads figures and reports.</summary>
    Analyst,

    /// <summary>A program that writes what it knows.</summary>
    Integration,
}
