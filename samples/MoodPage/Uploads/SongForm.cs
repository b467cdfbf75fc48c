using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using MoodPage.Listening;

namespace MoodPage.Uploads;

/// <summary>A song as it was sent.</summary>
/// <param name="FileName">What its sender calls it: not to be trusted.</param>
/// <param name="Bytes">The file; null where it is larger than the limit.</param>
internal sealed record SentSong(string FileName, ArraySegment<byte>? Bytes);

/// <summary>
/// Reads the page's form part by part, one song in memory at a time. ASP.NET Core's own <c>IFormFile</c> would take all parts at once, and
/// write what is larger than 64 kB to a temporary file: songs are not to be kept anywhere.
/// </summary>
internal sealed class SongForm(HttpRequest request, PageLimits limits)
{
    private const int LongestBoundary = 100; // RFC 2046, 5.1.1, has 70

    /// <summary>The visit's number, known before the first song: its field comes first.</summary>
    public string? VisitId { get; private set; }

    /// <summary>What divides the parts; null where the request is no form of parts.</summary>
    public static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data"
            && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary ? boundary.ToString() : null;

    /// <summary>The songs, as they arrive.</summary>
    /// <exception cref="IOException">The form is cut off, or is none.</exception>
    /// <exception cref="InvalidDataException">A part has too many headers, or too long ones.</exception>
    public async IAsyncEnumerable<SentSong> SongsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = new MultipartReader(Boundary(request)!, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 8 << 10 };
        while (await reader.ReadNextSectionAsync(cancellation) is { } part)
        {
            if (part.GetContentDispositionHeader() is not { } header)
                continue;
            if (header.IsFileDisposition())
                yield return new SentSong(Unescape(part.AsFileSection()!.FileName),
                    await ReadAsync(part.Body, limits.MaximumSongBytes, cancellation));
            else if (header.Name == "visit" && await ReadAsync(part.Body, Visits.IdLength, cancellation) is { } id)
                VisitId = System.Text.Encoding.UTF8.GetString(id);
        }
    }

    /// <summary>Browsers write these three letters of a file's name so (HTML, "multipart/form-data encoding algorithm").</summary>
    private static string Unescape(string fileName) => fileName.Replace("%22", "\"").Replace("%0D", "\r").Replace("%0A", "\n");

    /// <summary>What a part holds, or null where it is more than so many bytes; the reader passes over the rest.</summary>
    private async Task<ArraySegment<byte>?> ReadAsync(Stream part, long most, CancellationToken cancellation)
    {
        // Most often the request is one song, so its length is the song's, and the buffer never grows.
        using var bytes = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, most));
        var buffer = new byte[64 << 10];
        while (await part.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            if (bytes.Length + count > most)
                return null;
            bytes.Write(buffer, 0, count);
        }
        return new ArraySegment<byte>(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
