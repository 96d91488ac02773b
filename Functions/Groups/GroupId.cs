namespace ServerlessChat.Groups;

/// <summary>A group's id: 32 lower-case hexadecimal digits, random. A slug that is used again belongs to a group with another id.</summary>
public readonly record struct GroupId(string Value)
{
    public override string ToString() => Value;
}
