using System.Globalization;
using System.Text;
using Azure;

namespace ServerlessChat.Tables.Wire;

/// <summary>Reads the answer to a transaction, which is 202 also when it failed.</summary>
internal static class BatchReader
{
    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 "u8;

    private static ReadOnlySpan<byte> BlankLine => "\r\n\r\n"u8;

    /// <summary>The one part that says why nothing was carried out; null after a success.</summary>
    public static TableError? Failure(Response response)
    {
        ReadOnlySpan<byte> body = ResponseBody.Bytes(response);
        while (NextPart(ref body, out int status, out ReadOnlySpan<byte> part))
        {
            if (status >= 400)
            {
                int blank = part.IndexOf(BlankLine);
                return TableError.Read(status, blank < 0 ? default : Content(part[(blank + BlankLine.Length)..]));
            }
        }

        return null;
    }

    /// <summary>One answer for each operation, in order.</summary>
    public static List<Response> Parts(Response response)
    {
        List<Response> parts = [];
        ReadOnlySpan<byte> body = ResponseBody.Bytes(response);
        while (NextPart(ref body, out int status, out ReadOnlySpan<byte> part))
        {
            parts.Add(new PartResponse(status, ETag(part)));
        }

        return parts;
    }

    /// <summary>Cuts at status lines rather than at boundaries: the emulator puts a stray boundary inside a part.</summary>
    private static bool NextPart(ref ReadOnlySpan<byte> body, out int status, out ReadOnlySpan<byte> part)
    {
        status = 0;
        part = default;
        int start = body.IndexOf(StatusLine);
        if (start < 0)
        {
            return false;
        }

        body = body[(start + StatusLine.Length)..];
        int next = body.IndexOf(StatusLine);
        part = next < 0 ? body : body[..next];
        body = body[part.Length..];
        return part.Length >= 3 && int.TryParse(part[..3], NumberStyles.None, CultureInfo.InvariantCulture, out status);
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> content)
    {
        int boundary = content.IndexOf("\r\n--"u8);
        return boundary < 0 ? content : content[..boundary];
    }

    private static string? ETag(ReadOnlySpan<byte> part)
    {
        while (!part.IsEmpty)
        {
            int end = part.IndexOf("\r\n"u8);
            ReadOnlySpan<byte> line = end < 0 ? part : part[..end];
            if (line.Length > 5 && Ascii.EqualsIgnoreCase(line[..5], "etag:"u8))
            {
                return Encoding.ASCII.GetString(line[5..]).Trim();
            }

            part = end < 0 ? default : part[(end + 2)..];
        }

        return null;
    }
}
