using System.Text.RegularExpressions;
using SongMood.TestSupport;

namespace SongMood.Package.Tests;

/// <summary>Apps that know SongMood only by its packages.</summary>
public class ConsumerTests(PackedPackages packages, ITestOutputHelper output)
{
    private static readonly string Clips = Path.Combine(TestData.RepositoryRoot, "samples", "audio");

    [Fact]
    public async Task An_app_without_libtorch_is_small_and_predicts_with_the_pretrained_model()
    {
        var app = await packages.BuildAsync("PredictApp");

        var printed = await PackedPackages.RunAsync(app, "PredictApp", Clips);

        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Directory.GetFiles(Clips, "*.mp3").Length + 1, lines.Length);
        Assert.Equal("libtorch loaded: False", lines[^1].Trim());
        var megabytes = Megabytes(app);
        output.WriteLine($"A predict-only app's build: {megabytes:F0} MB");
        Assert.InRange(megabytes, 20, 80);
    }

    /// <summary>Published for no system in particular it runs on all; for one, it has that one's libraries.</summary>
    [Fact]
    public async Task What_is_published_has_the_libraries_of_the_systems_that_it_is_for()
    {
        var portable = await packages.PublishAsync("PredictApp");
        foreach (var library in new[] { "win-x64/native/onnxruntime.dll", "linux-x64/native/libonnxruntime.so",
            "linux-arm64/native/libonnxruntime.so", "osx-arm64/native/libonnxruntime.dylib" })
            Assert.True(File.Exists(Path.Combine(portable, "runtimes", library)), library);
        Assert.Empty(Directory.GetFiles(portable, "*.aar", SearchOption.AllDirectories));
        output.WriteLine($"published for all systems: {Megabytes(portable):F0} MB");

        var windows = await packages.PublishAsync("PredictApp", "--runtime", "win-x64", "--no-self-contained");
        Assert.True(File.Exists(Path.Combine(windows, "onnxruntime.dll")));
        output.WriteLine($"published for win-x64: {Megabytes(windows):F0} MB");
        Assert.InRange(Megabytes(windows), 20, 80);
    }

    [Fact]
    public async Task An_app_trains_saves_and_loads_in_a_process_that_registers_nothing()
    {
        var app = await packages.BuildAsync("TrainApp");
        var trained = await PackedPackages.RunAsync(app, "TrainApp", "train", Model(app));
        var loaded = await PackedPackages.RunAsync(app, "TrainApp", "score", Model(app));
        Assert.StartsWith("scores ", loaded);
        Assert.Equal(trained, loaded);
    }

    [Fact]
    public async Task An_app_trains_beside_ml_nets_own_trainers_on_torch()
    {
        var app = await packages.BuildAsync("TrainApp", "-p:MicrosoftTorchSharpVersion=0.23.1");
        Assert.True(File.Exists(Path.Combine(app, "Microsoft.ML.TorchSharp.dll")));
        Assert.StartsWith("scores ", await PackedPackages.RunAsync(app, "TrainApp", "train", Model(app)));
    }

    [Fact]
    public async Task A_web_app_answers_what_is_posted_to_it()
    {
        var app = await packages.BuildAsync("WebApp");
        var song = Path.Combine(Clips, "calm-1.mp3");
        var answered = await PackedPackages.RunAsync(app, "WebApp", song);
        Assert.StartsWith("200 ", answered);
        Assert.Contains("\"mood\":\"calm\"", answered);
    }

    /// <summary>The shortest way in that .NET 10 has: one file, no project. Such a program may use no reflection for JSON.</summary>
    [Fact]
    public async Task A_file_without_a_project_predicts()
    {
        var printed = await packages.RunFileAsync("FileApp", "mood.cs", Clips);

        Assert.Equal(Directory.GetFiles(Clips, "*.mp3").Length, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_script_of_the_docs_runs_in_f_sharp()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(TestData.RepositoryRoot, "docs", "getting-started.md"),
            TestContext.Current.CancellationToken);
        var script = Assert.Single(Regex.Matches(page, "```fsharp\n(.*?)```", RegexOptions.Singleline)).Groups[1].Value;

        var printed = await packages.RunScriptAsync(script, Path.Combine(Clips, "calm-1.mp3"));

        Assert.StartsWith("calm ", printed);
        Assert.Contains("64 bands in 990 frames", printed);
    }

    private static string Model(string app) => Path.Combine(app, "model.zip");

    private static double Megabytes(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;
}
