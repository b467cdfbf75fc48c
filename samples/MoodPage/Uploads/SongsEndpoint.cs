using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using MoodPage.Components;
using MoodPage.Listening;
using SongMood.Audio;

namespace MoodPage.Uploads;

/// <summary><c>POST /songs</c>: hears the songs of a form, one after the other, and answers with the page.</summary>
internal sealed class SongsEndpoint(PageLimits limits, SongGate gate, SongListener listener, Visits visits)
{
    private const string AllSongs = "Your songs";

    public async Task<RazorComponentResult<Page>> PostAsync(HttpContext context)
    {
        var form = new SongForm(context.Request, limits);
        var visit = new Lazy<Visit>(() => visits.FindOrBegin(form.VisitId)); // its number comes with the form
        var heard = new List<ISongResult>();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(TimeSpan.FromSeconds(limits.RequestSeconds));
        try
        {
            if (Refusal(context.Request) is { } refusal)
                heard.Add(refusal);
            else
                await HearAllAsync(context, form, visit, heard, time.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            heard.Add(new SongFault(AllSongs, $"This took longer than {limits.RequestSeconds} s, which is the limit for one request. "
                + "Send fewer songs at once.", StatusCodes.Status408RequestTimeout)
            { CanTryAgain = true });
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            heard.Add(new SongFault(AllSongs, "All songs together are larger than this page takes at once, "
                + $"{limits.SongsOfADrop} songs of {limits.MaximumSongMegabytes} MB. Send fewer.", error.StatusCode));
        }
        catch (Exception error) when (error is IOException or InvalidDataException && !context.RequestAborted.IsCancellationRequested)
        {
            // BadHttpRequestException is an IOException, too: who sends too slowly, or half a form.
            heard.Add(new SongFault(AllSongs, "Not all of it arrived: the form is cut off or damaged. Send it again.",
                (error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest)
            { CanTryAgain = true });
        }
        return Page.Result(Status(heard), visit.IsValueCreated ? visit.Value : visits.Find(form.VisitId), heard);
    }

    private static SongFault? Refusal(HttpRequest request)
    {
        if (SafeHeaders.IsFromElsewhere(request))
            return new SongFault(AllSongs, "They were sent by another site's page. Drop them here.", StatusCodes.Status403Forbidden);
        return SongForm.Boundary(request) is not null ? null : new SongFault(AllSongs,
            $"They came as '{Wording.Shorten(request.ContentType ?? "")}', and this page takes a form: multipart/form-data, with a "
            + "boundary of at most 100 letters, and songs as files.", StatusCodes.Status415UnsupportedMediaType);
    }

    private async Task HearAllAsync(
        HttpContext context, SongForm form, Lazy<Visit> visit, List<ISongResult> heard, CancellationToken cancellation)
    {
        using var place = await gate.EnterAsync(context, cancellation);
        if (!place.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "5";
            heard.Add(new SongFault(AllSongs, "Many songs are being heard right now, and as many as may are waiting. Try again in a "
                + "moment.", StatusCodes.Status503ServiceUnavailable)
            { CanTryAgain = true });
            return;
        }
        await foreach (var song in form.SongsAsync(cancellation))
        {
            if (heard.Count == limits.SongsOfADrop)
            {
                heard.Add(new SongFault("More songs", $"This page takes {limits.SongsOfADrop} songs at once, and these are more. Send the "
                    + "others by themselves.", StatusCodes.Status413PayloadTooLarge));
                return;
            }
            heard.Add(await HearAsync(context, visit, song, cancellation));
        }
        if (heard.Count == 0)
            heard.Add(new SongFault(AllSongs, "No song was chosen. Choose or drop one first.", StatusCodes.Status400BadRequest));
    }

    private async Task<ISongResult> HearAsync(HttpContext context, Lazy<Visit> visit, SentSong song, CancellationToken cancellation)
    {
        var title = Wording.Title(song.FileName);
        using var counted = gate.Count(context);
        if (!counted.IsAcquired)
            return TooOften(context, title, counted);
        if (song.Bytes is not { } bytes)
            return new SongFault(title, $"It is larger than {limits.MaximumSongMegabytes} MB, which is all that this page takes. Make an "
                + "MP3 of it, or take a part.", StatusCodes.Status413PayloadTooLarge);
        using var turn = await gate.HearAsync(cancellation);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(TimeSpan.FromSeconds(limits.HearingSeconds));
        try
        {
            return visit.Value.Add(title, await Task.Run(() => listener.Hear(bytes, time.Token), time.Token));
        }
        catch (AudioFormatException error)
        {
            return new SongFault(title, Wording.Fault(error), StatusCodes.Status422UnprocessableEntity);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SongFault(title, $"It was not heard within {limits.HearingSeconds} s, which is the limit. Try a part of it.",
                StatusCodes.Status422UnprocessableEntity)
            { CanTryAgain = true };
        }
    }

    private SongFault TooOften(HttpContext context, string title, RateLimitLease counted)
    {
        var wait = counted.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 60;
        context.Response.Headers.RetryAfter = $"{wait}";
        return new SongFault(title, $"This page hears {limits.SongsPerMinute} songs a minute of one visitor, and these were more. Try "
            + $"again in {wait} s.", StatusCodes.Status429TooManyRequests)
        { CanTryAgain = true };
    }

    /// <summary>A success where any song was heard, else what the first fault is.</summary>
    private static int Status(List<ISongResult> heard) => heard.Any(result => result is HeardSong) ? StatusCodes.Status200OK
        : heard.OfType<SongFault>().First().StatusCode;
}
