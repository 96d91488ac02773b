using Microsoft.AspNetCore.Http.HttpResults;

namespace ServerlessChat.Hosting;

/// <summary>What a feature answers: a value, or the problem that stood in the way.</summary>
public sealed class Outcome<T>
    where T : class
{
    private readonly T? _value;

    private Outcome(T? value, ApiProblem? problem)
    {
        _value = value;
        Problem = problem;
    }

    /// <summary>Null when there is a value.</summary>
    public ApiProblem? Problem { get; }

    /// <summary>The value; only when there is no problem.</summary>
    public T Value => _value ?? throw new InvalidOperationException("The outcome is a problem.");

    public static implicit operator Outcome<T>(T value) => new(value, problem: null);

    public static implicit operator Outcome<T>(ApiProblem problem) => new(value: null, problem);

    /// <summary>200 with the value, or the problem.</summary>
    public Results<Ok<T>, ApiProblem> ToOk() => Problem is null ? TypedResults.Ok(Value) : Problem;

    /// <summary>204, or the problem.</summary>
    public Results<NoContent, ApiProblem> ToNoContent() => Problem is null ? TypedResults.NoContent() : Problem;

    /// <summary>201 with the value, or the problem.</summary>
    public Results<Created<T>, ApiProblem> ToCreated() => Problem is null ? TypedResults.Created((string?)null, Value) : Problem;
}
