using Crm.Kernel;

namespace Crm.Service;

/// <summary>What a list of cases is narrowed to.</summary>
public sealed record CaseFilter
{
    public string? CustomerId { get; private init; }

    public string? Reference { get; private init; }

    public string? QueueId { get; private init; }

    public string? Assignee { get; private init; }

    public string? Status { get; private init; }

    public CaseState? State { get; private init; }

    public CasePriority? Priority { get; private init; }

    public string? Tag { get; private init; }

    public bool? Unsolved { get; private init; }

    public string? DueFrom { get; private init; }

    public string? DueTo { get; private init; }

    public bool IsUnsolved => Unsolved == true || (State is { } state && !CaseCourse.IsEnd(state));

    public bool IsEmpty => this == new CaseFilter();

    public static Outcome<CaseFilter> Read(ListRequest list)
    {
        var errors = new List<FieldError>();
        var filter = new CaseFilter
        {
            CustomerId = Text("customerId"),
            Reference = Text("reference"),
            QueueId = Text("queueId"),
            Assignee = Text("assignee"),
            Status = Text("status"),
            State = list.Word<CaseState>("state", errors),
            Priority = list.Word<CasePriority>("priority", errors),
            Tag = Text("tag"),
            Unsolved = Text("unsolved") switch { null => null, "true" => true, "false" => false, _ => Wrong("unsolved", "expected true or false") },
            DueFrom = Time("dueAt[gte]"),
            DueTo = Time("dueAt[lt]"),
        };
        if (filter.CustomerId is { } id && Ids.TimeOf(id) is null) errors.Add(FieldError.In("customerId", "expected the id of a customer"));
        if (filter.Reference is { } reference && CaseReference.KeyOf(reference) is null) errors.Add(FieldError.In("reference", "expected ten letters and digits, such as 7F3K-Q2M8-XA"));
        if (filter.CustomerId is not null && list.Sort is { Field: not "createdAt" }) errors.Add(FieldError.In("sort", "expected createdAt or -createdAt where customerId is given"));
        return errors.Count > 0 ? Problems.Invalid(errors) : filter;

        string? Text(string name) => list.Filters.GetValueOrDefault(name);

        bool? Wrong(string name, string expected)
        {
            errors.Add(FieldError.In(name, expected));
            return null;
        }

        string? Time(string name)
        {
            if (Text(name) is not { } text) return null;
            if (UtcTimestamps.Parse(text) is { } time) return UtcTimestamps.Text(time);
            errors.Add(FieldError.In(name, "expected an RFC 3339 time with an offset"));
            return null;
        }
    }

    public bool Holds(ListedCase one) =>
        (CustomerId is null || one.CustomerId == CustomerId)
        && (QueueId is null || one.QueueId == QueueId)
        && (Assignee is null || one.Assignee == Assignee)
        && (Status is null || one.Status == Status)
        && (State is null || one.State == State)
        && (Priority is null || one.Priority == Priority)
        && (Tag is null || one.Tags.Contains(Tag))
        && (Unsolved is null || CaseCourse.IsEnd(one.State) != Unsolved)
        && (DueFrom is null || (one.DueAt is { } from && string.CompareOrdinal(UtcTimestamps.Text(from), DueFrom) >= 0))
        && (DueTo is null || (one.DueAt is { } to && string.CompareOrdinal(UtcTimestamps.Text(to), DueTo) < 0));
}
