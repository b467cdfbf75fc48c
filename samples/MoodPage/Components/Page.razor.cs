using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using MoodPage.Listening;

namespace MoodPage.Components;

/// <summary>
/// The page, with what was heard of songs. It is the answer to every request: a browser without script shows it, and our script takes the
/// cards out of it, so that there is one way in which a song is shown.
/// </summary>
public partial class Page
{
    /// <summary>Songs to try the page with: our own, from samples/audio.</summary>
    private static readonly (string File, string Title)[] Trials =
    [
        ("happy-1.mp3", "Corner Shop Parade"), ("energetic-1.mp3", "Furnace Run"), ("sad-2.mp3", "Letters Never Sent"),
        ("calm-1.mp3", "Morning on the Lake"),
    ];

    /// <summary>The visit, if it has any songs.</summary>
    [Parameter]
    public Visit? Visit { get; set; }

    /// <summary>What became of the songs of this request.</summary>
    [Parameter]
    public IReadOnlyList<ISongResult> Results { get; set; } = [];

    [Inject]
    private PageLimits Limits { get; set; } = null!;

    private string VisitId => Visit?.Id ?? Visits.NewId();

    /// <summary>The page as an answer.</summary>
    public static RazorComponentResult<Page> Result(int statusCode, Visit? visit, IReadOnlyList<ISongResult> results) =>
        new(new Dictionary<string, object?> { [nameof(Visit)] = visit, [nameof(Results)] = results }) { StatusCode = statusCode };
}
