namespace ServerlessChat.Hosting;

/// <summary>Marks a record that binds itself from the query of an address: each of its properties is a parameter, by its name in snake_case.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryAttribute : Attribute;
