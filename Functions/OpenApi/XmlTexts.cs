using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ServerlessChat.OpenApi;

/// <summary>What the code's comments say of a shape, in the words of the wire: the compiler leaves them in a file beside the program.</summary>
internal sealed class XmlTexts
{
    private readonly Dictionary<string, XElement> _members;

    private XmlTexts(Dictionary<string, XElement> members) => _members = members;

    /// <exception cref="FileNotFoundException">The program was built without its comments.</exception>
    public static XmlTexts Load()
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{typeof(XmlTexts).Assembly.GetName().Name}.xml");
        IEnumerable<XElement> members = XDocument.Load(file).Root!.Element("members")!.Elements("member");
        return new XmlTexts(members.ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal));
    }

    /// <summary>Null when nothing is said.</summary>
    public string? Of(Type type) => Summary($"T:{type.FullName}");

    /// <summary>Null when nothing is said.</summary>
    public string? Of(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string? Summary(string member) =>
        _members.TryGetValue(member, out XElement? found) && found.Element("summary") is { } summary ? Words(summary) : null;

    private static string Words(XElement summary)
    {
        var text = new StringBuilder();
        foreach (XNode node in summary.Nodes())
        {
            text.Append(node is XElement element ? Word(element) : ((XText)node).Value);
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Word(XElement element) => element.Name.LocalName switch
    {
        "c" => $"`{element.Value}`",
        "paramref" => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(element.Attribute("name")!.Value)}`",
        "see" when element.Attribute("langword") is { } word => $"`{word.Value}`",
        "see" => element.Attribute("cref")!.Value.Split('.', ':')[^1],
        _ => element.Value,
    };
}
