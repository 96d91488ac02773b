using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ServerlessChat.Hosting;

/// <summary>Bounds of a <see cref="TimeSpan"/>, both of them in it. <see cref="RangeAttribute"/> finds by reflection what reads its bounds, and the trimmer can't follow.</summary>
/// <param name="least">As settings write it: <c>[days.]hours:minutes:seconds</c>.</param>
/// <param name="most">The same.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationRangeAttribute(string least, string most) : ValidationAttribute("The field {0} must be between {1} and {2}.")
{
    public TimeSpan Least { get; } = TimeSpan.Parse(least, CultureInfo.InvariantCulture);

    public TimeSpan Most { get; } = TimeSpan.Parse(most, CultureInfo.InvariantCulture);

    public override bool IsValid(object? value) => value is TimeSpan duration && duration >= Least && duration <= Most;

    public override string FormatErrorMessage(string name) => string.Format(CultureInfo.InvariantCulture, ErrorMessageString, name, Least, Most);
}
