using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ServerlessChat.Hosting;

/// <summary>The bytes of a file of the web client in one encoding.</summary>
/// <param name="Encoding">For <c>Content-Encoding</c>; <c>identity</c> for none.</param>
/// <param name="Tag">Strong: made from the bytes, so another one for every encoding, and the same one in every instance.</param>
internal sealed record WebContent(byte[] Bytes, string Encoding, EntityTagHeaderValue Tag)
{
    public static WebContent Read(string file, string encoding)
    {
        byte[] bytes = File.ReadAllBytes(file);
        return new WebContent(bytes, encoding, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\""));
    }

    /// <summary>Compared weakly, as If-None-Match is: what stands in between may have weakened the tag.</summary>
    public bool IsKnownTo(StringValues ifNoneMatch) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch, out IList<EntityTagHeaderValue>? tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(Tag, useStrongComparison: false));
}
