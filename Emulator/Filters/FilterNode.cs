using Emulator.Hubs;

namespace Emulator.Filters;

/// <summary>What a filter is asked about.</summary>
/// <param name="Connection">Null: the check of a new filter, against a connection without user and groups.</param>
internal readonly record struct FilterSubject(Connection? Connection);

/// <summary>A part of a filter that has a value for each connection.</summary>
internal abstract record FilterNode
{
    /// <summary>The filter's text that became this part.</summary>
    public string Source { get; init; } = "";

    /// <exception cref="FilterException">The types don't fit.</exception>
    public FilterValue Evaluate(FilterSubject subject)
    {
        try
        {
            return EvaluateCore(subject);
        }
        catch (FilterException e) when (e.Part is null)
        {
            throw new FilterException(e.Message, Source);
        }
    }

    protected abstract FilterValue EvaluateCore(FilterSubject subject);
}

/// <summary>A literal.</summary>
internal sealed record LiteralNode(FilterValue Value) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject) => Value;
}

/// <summary>A property of the connection.</summary>
internal sealed record PropertyNode(Func<Connection?, FilterValue> Read) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject) => Read(subject.Connection);
}

/// <summary><c>not</c>.</summary>
internal sealed record NotNode(FilterNode Operand) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject) => new(!Operand.Evaluate(subject).AsBool());
}

/// <summary><c>and</c>, <c>or</c>. Every operand is worked out: a wrong type anywhere rejects the filter. Flat, so that long filters don't nest deeply.</summary>
internal sealed record LogicalNode(bool IsAnd, IReadOnlyList<FilterNode> Operands) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject)
    {
        var result = IsAnd;
        foreach (var operand in Operands)
        {
            var value = operand.Evaluate(subject).AsBool();
            result = IsAnd ? result & value : result | value;
        }

        return new(result);
    }
}

/// <summary><c>eq ne gt ge lt le</c>.</summary>
internal sealed record ComparisonNode(string Operator, FilterNode Left, FilterNode Right) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject)
    {
        var (left, right) = (Left.Evaluate(subject), Right.Evaluate(subject));
        return new(Operator switch
        {
            "eq" => left.IsSame(right),
            "ne" => !left.IsSame(right),
            _ => Compare(left.AsInteger(), right.AsInteger()),
        });
    }

    // A comparison with null is false, which is what C#'s lifted operators give too.
    private bool Compare(long? left, long? right) => Operator switch
    {
        "gt" => left > right,
        "ge" => left >= right,
        "lt" => left < right,
        _ => left <= right,
    };
}

/// <summary><c>x in (a, b)</c>.</summary>
internal sealed record InListNode(FilterNode Item, IReadOnlyList<FilterNode> List) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject)
    {
        var item = Item.Evaluate(subject);
        return new(List.Any(candidate => candidate.Evaluate(subject).IsSame(item)));
    }
}

/// <summary><c>x in groups</c>.</summary>
internal sealed record InCollectionNode(FilterNode Item, FilterNode Collection) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject)
    {
        var item = Item.Evaluate(subject).AsString();
        var collection = Collection.Evaluate(subject).AsCollection();
        return new(item is not null && collection.Contains(item));
    }
}

/// <summary>A function call.</summary>
internal sealed record FunctionNode(FilterFunction Function, IReadOnlyList<FilterNode> Arguments) : FilterNode
{
    protected override FilterValue EvaluateCore(FilterSubject subject) =>
        Function.Invoke([.. Arguments.Select(argument => argument.Evaluate(subject))]);
}
