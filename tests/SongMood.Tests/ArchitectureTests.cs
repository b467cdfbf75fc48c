using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Tests;

/// <summary>Dependencies point one way only: each folder names only what comes before it.</summary>
public class ArchitectureTests
{
    private const string MachineLearning = @"Microsoft\.ML\b(?!\.OnnxRuntime)";
    private const string Torch = @"TorchSharp\b(?!\.so)";

    public static TheoryData<string, string[]> Rules => new()
    {
        // Dsp is plain mathematics on spans: Audio may resample what it reads, and Dsp knows no files.
        { "SongMood.Transforms/Dsp", [MachineLearning, Torch, @"SongMood\.Transforms", @"SongMood\.Audio"] },
        { "SongMood.Transforms/Audio", [MachineLearning, Torch, @"SongMood\.Transforms"] },
        { "SongMood.Transforms/Transforms", [Torch] },
        { "SongMood.Transforms/Persistence", [Torch, @"SongMood\.Audio"] },
        { "SongMood/Networks", [@"SongMood\.(Training|Trainers|Prediction|Evaluation)"] },
        { "SongMood/Training", [@"SongMood\.(Trainers|Prediction)"] },
        { "SongMood/Scoring", [Torch, @"SongMood\.(Networks|Training|Trainers|Prediction|Evaluation)"] },
        { "SongMood/Prediction", [Torch, @"SongMood\.(Networks|Training|Trainers)"] },
        { "SongMood/Evaluation", [Torch, @"SongMood\.(Networks|Training|Learning)\b"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Folder_names_only_what_comes_before_it(string folder, string[] forbidden)
    {
        var files = Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "src", folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        var faults =
            from file in files
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//")
            from name in forbidden
            where Regex.IsMatch(line, name)
            select $"{Path.GetRelativePath(TestData.RepositoryRoot, file)}: {line.Trim()}";
        Assert.Empty(faults);
    }

    [Fact]
    public void No_global_using_hides_a_dependency()
    {
        var sources = Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "src"), "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
        Assert.DoesNotContain(sources, file => Regex.IsMatch(File.ReadAllText(file), @"^\s*(global using|<Using )", RegexOptions.Multiline));
    }
}
