namespace Crm.Kernel;

/// <summary>Either a value or the reason there is none. <see cref="Match"/> makes the caller answer both.</summary>
public abstract record Outcome<T>
{
    private Outcome() { }

    public sealed record Done(T Value) : Outcome<T>;

    public sealed record Refused(Problem Problem) : Outcome<T>;

    public TResult Match<TResult>(Func<T, TResult> done, Func<Problem, TResult> refused) => this switch
    {
        Done d => done(d.Value),
        Refused r => refused(r.Problem),
        _ => throw new InvalidOperationException(GetType().Name),
    };

    public static implicit operator Outcome<T>(T value) => new Done(value);

    public static implicit operator Outcome<T>(Problem problem) => new Refused(problem);
}
