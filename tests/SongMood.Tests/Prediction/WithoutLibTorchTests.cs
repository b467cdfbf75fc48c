using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using SongMood.Tests.Cli;
using SongMood.Training;

namespace SongMood.Tests.Prediction;

/// <summary>Prediction needs no libtorch: it works in a process where libtorch cannot be found.</summary>
public sealed class WithoutLibTorchTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Predict_works_where_torch_cannot_be_found_and_train_says_what_is_missing()
    {
        var tool = CopyTool(IsLibTorchOrLibTorchSharp);
        var song = _folder.Write("song.wav", ToneFiles.Wav(5000));
        var predicted = await ToolProcess.RunAsync(tool, ["predict", song, "--model", tones.Model, "--format", "json"]);
        Assert.True(predicted.ExitCode == 0, predicted.Error);
        Assert.Equal("high", (string)Assert.Single(predicted.JsonLines)["mood"]!);

        // The other side: the copy really has no torch.
        var trained = await ToolProcess.RunAsync(tool, ["train", "--data", tones.Labels, "--model", _folder.File("out.zip")]);
        Assert.Equal(2, trained.ExitCode);
        Assert.Contains("Training needs libtorch", trained.Error);
        Assert.Contains(TorchPackages.HowToAdd(TorchPackages.Cpu), trained.Error);
    }

    /// <summary>As the tool is packed: TorchSharp's own library is there, libtorch is not.</summary>
    [Fact]
    public async Task Train_finds_libtorch_in_the_folder_of_packages_or_where_a_variable_names_it()
    {
        var native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        Assert.True(Directory.GetFiles(native, "*torch*").Length > 1, $"{native} has no libtorch");
        var cached = _folder.File(Path.Combine("packages", TorchPackages.Cpu!, TorchPackages.VersionOf(TorchPackages.Cpu!), "runtimes",
            RuntimeInformation.RuntimeIdentifier, "native"));
        Directory.CreateDirectory(Path.GetDirectoryName(cached)!);
        Directory.CreateSymbolicLink(cached, native);
        var tool = CopyTool(IsLibTorch);
        var (nowhere, model) = (_folder.File("nowhere"), _folder.File("out.zip"));
        Task<Tool> TrainAsync(params (string, string)[] environment) => ToolProcess.RunAsync(tool,
            ["train", "--data", tones.Labels, "--epochs", "1", "--model", model], environment);

        var missing = await TrainAsync(("NUGET_PACKAGES", nowhere), (LibTorchFolders.Variable, _folder.File("wrong")));
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains($"{LibTorchFolders.Variable} is '{_folder.File("wrong")}'", missing.Error);
        Assert.Contains($"dotnet package download {TorchPackages.Cpu}@{TorchPackages.VersionOf(TorchPackages.Cpu!)} --output \"{nowhere}\"",
            missing.Error);
        Assert.False(File.Exists(model));

        foreach (var (variable, folder) in new[] { ("NUGET_PACKAGES", _folder.File("packages")), (LibTorchFolders.Variable, cached) })
        {
            var trained = await TrainAsync(("NUGET_PACKAGES", nowhere), (variable, folder));
            Assert.True(trained.ExitCode == 0, $"{variable}: {trained.Error}");
            Assert.True(File.Exists(model), variable);
            File.Delete(model);
        }
    }

    private string CopyTool(Func<string, bool> isLeftOut)
    {
        var target = Directory.CreateDirectory(_folder.File("tool")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            if (isLeftOut(Path.GetFileName(file)))
                continue;
            var copy = Path.Combine(target, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        // Where a file is missing, the host would look into the package cache of the machine that built: it must not know of it.
        var deps = Path.Combine(target, "SongMood.Cli.deps.json");
        var json = JsonNode.Parse(File.ReadAllText(deps))!;
        foreach (var package in json["targets"]!.AsObject().SelectMany(framework => framework.Value!.AsObject()))
            foreach (var kind in new[] { "native", "runtimeTargets" })
                if (package.Value![kind] is JsonObject files)
                    foreach (var file in files.Select(pair => pair.Key).Where(file => isLeftOut(Path.GetFileName(file))).ToArray())
                        files.Remove(file);
        File.WriteAllText(deps, json.ToJsonString());
        File.Delete(Path.Combine(target, "SongMood.Cli.runtimeconfig.dev.json"));
        return Path.Combine(target, "SongMood.Cli.dll");
    }

    /// <summary>Native libraries alone: TorchSharp.dll, the managed part, is one of SongMood's own references.</summary>
    private static bool IsLibTorchOrLibTorchSharp(string fileName) => IsLibTorch(fileName) || fileName.Contains("LibTorchSharp");

    private static bool IsLibTorch(string fileName) => !fileName.Contains("TorchSharp")
        && (fileName.Contains("torch", StringComparison.OrdinalIgnoreCase)
            || fileName.StartsWith("libc10", StringComparison.Ordinal) || fileName.StartsWith("c10", StringComparison.Ordinal));
}
