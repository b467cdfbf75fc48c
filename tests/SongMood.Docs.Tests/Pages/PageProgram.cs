namespace SongMood.Docs.Tests.Pages;

/// <summary>Pieces of code that follow each other on a page.</summary>
/// <param name="Source">The file in the repository that they are quoted from; null where they are a program of the page's own.</param>
internal sealed record PageProgram(string? Source)
{
    public bool IsRun { get; init; } = true;

    public List<string> Pieces { get; } = [];
}
