using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessChat.Tests.Model;

/// <summary>One thing that somebody does. A new kind of action is a record of this, and a line in <see cref="Steps"/>.</summary>
internal abstract partial record Step(Place Place)
{
    /// <summary>Does it in the model.</summary>
    /// <returns>The request that does it in the app, and what the app has to answer.</returns>
    public abstract Taken Take(ModelChat chat);

    /// <summary>The same with less to it, to try when this one fails.</summary>
    public virtual IEnumerable<Step> Simpler() => Place.Spelling is Spelling.Plain ? [] : [this with { Place = Place with { Spelling = Spelling.Plain } }];

    /// <summary>On one line, without what is merely long.</summary>
    public sealed override string ToString()
    {
        var members = new StringBuilder();
        PrintMembers(members);
        return $"{GetType().Name} {LongRun().Replace(members.Replace("\n", "\\n").ToString(), "${one}…")}";
    }

    [GeneratedRegex(@"(?<one>\w)\k<one>{20,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LongRun();
}
