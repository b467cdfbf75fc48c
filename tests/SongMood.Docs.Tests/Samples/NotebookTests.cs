using System.Text.Json;
using SongMood.TestSupport;

namespace SongMood.Docs.Tests.Samples;

/// <summary>The notebook's cells are run in order, with the libraries at hand in place of the package.</summary>
public sealed class NotebookTests
{
    [Fact]
    public async Task Its_cells_run()
    {
        var folder = Path.Combine(TestData.RepositoryRoot, "samples", "Notebook");
        using var notebook = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "moods.ipynb")));
        string[] cells = [.. notebook.RootElement.GetProperty("cells").EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "code")
            .Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString())))];
        Assert.StartsWith("#r \"nuget: SongMood, 0.1.0\"", cells[0]);
        Assert.Contains("using System.IO;", cells[0]); // which a kernel, unlike a project, does not have of itself
        Assert.All(cells, cell => Assert.DoesNotContain("using var", cell)); // a kernel takes no using declaration

        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            var printed = await PrintedText.OfAsync(() => CodeProgram.RunAsync("moods.ipynb", cells));
            Assert.Contains("calm-1.mp3: calm ", printed);
            Assert.Contains("128 bands x ", printed);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }
}
