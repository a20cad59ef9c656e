using Microsoft.Azure.Functions.Worker;

namespace Crm.EmbeddedHost;

/// <summary>What starts a function, with every <c>%Setting%</c> already resolved.</summary>
public abstract record Trigger
{
    private Trigger() { }

    /// <summary>The word shown in lists: <c>http</c>, <c>feed</c>, <c>queue</c> or <c>timer</c>.</summary>
    public abstract string Kind { get; }

    /// <param name="Route">The template without a leading slash.</param>
    /// <param name="Methods">Upper case; empty takes every method.</param>
    /// <param name="Level">What the attribute asks for. The embedded host checks nothing: the app's middleware does.</param>
    public sealed record Http(string Route, IReadOnlyList<string> Methods, AuthorizationLevel Level) : Trigger
    {
        public override string Kind => "http";
    }

    /// <param name="LeaseId">The id of the document in <paramref name="LeaseContainer"/> that keeps the position.</param>
    public sealed record Feed(
        string Container, string LeaseContainer, string LeaseId, int MaxItems, bool FromBeginning, TimeSpan PollDelay) : Trigger
    {
        public override string Kind => "feed";
    }

    public sealed record Queue(string Name) : Trigger
    {
        public override string Kind => "queue";

        /// <summary>Messages of a dead-letter queue have nowhere further to go.</summary>
        public bool IsDeadLetter => Name.EndsWith("/$DeadLetterQueue", StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="Schedule">NCRONTAB with seconds, in UTC.</param>
    /// <param name="Monitored">False: slots missed while the process was down are forgotten.</param>
    public sealed record Timer(string Schedule, bool RunOnStartup, bool Monitored) : Trigger
    {
        public override string Kind => "timer";
    }
}
