using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.TestSupport;
using SongMood.Trainers;

namespace SongMood.Tests.Trainers;

/// <summary>A model file gives the same scores to the last bit, here and in a process that has no libtorch.</summary>
[Collection(nameof(Torch))]
public class SavedModelTests
{
    [Fact]
    public async Task Mlp_scores_alike_in_a_fresh_process_without_libtorch()
    {
        var ml = new MLContext(1);
        await CheckFreshProcess(ml, Toy.View(ml, Toy.Songs()), ml.MulticlassClassification.Trainers.Mlp(MlpTrainerTests.Quick()));
    }

    [Fact]
    public async Task Crnn_scores_alike_in_a_fresh_process_without_libtorch()
    {
        var ml = new MLContext(1);
        await CheckFreshProcess(ml, Toy.View(ml, Toy.Clips(frames: [24, 9, 31])),
            ml.MulticlassClassification.Trainers.Crnn(CrnnTrainerTests.Quick()));
    }

    [Fact]
    public void Loaded_in_the_same_process_it_scores_alike()
    {
        var ml = new MLContext(1);
        using var folder = new TemporaryFolder();
        var data = Toy.View(ml, Toy.Songs());
        var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(MlpTrainerTests.Quick())).Fit(data);
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        var loaded = new MLContext().Model.Load(folder.File("model.zip"), out _);
        Assert.Equal(Toy.Scores(model.Transform(data)), Toy.Scores(loaded.Transform(data)));
        Assert.Equal(Names(model.Transform(data)), Names(loaded.Transform(data)));

        static string[] Names(IDataView scored)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            scored.Schema["Score"].GetSlotNames(ref names);
            return [.. names.DenseValues().Select(name => name.ToString())];
        }
    }

    /// <summary>The run time refuses to load a lower version than is asked for: a model must not ask for one.</summary>
    [Fact]
    public void A_network_and_an_ensemble_name_their_assembly_without_a_version()
    {
        var ml = new MLContext(1);
        using var folder = new TemporaryFolder();
        var data = Toy.View(ml, Toy.Songs());
        var network = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(MlpTrainerTests.Quick())).Fit(data);
        var ensemble = ml.MulticlassClassification.Trainers.Ensemble([EnsembleMember.Of(network), EnsembleMember.Of(network)]);
        var model = network.Append(ensemble.Fit(network.Transform(data)));
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        using var zip = ZipFile.OpenRead(folder.File("model.zip"));
        foreach (var signature in new[] { "SONGMNET", "SONGMENS" })
        {
            var key = Assert.Single(zip.Entries.Where(entry => entry.Name == "Model.key").Select(Text), text => text.Contains(signature));
            Assert.EndsWith("SongMoodLEDOMLM", key); // the assembly's name, then the mark that ends a header
        }

        // The assembly's name is in UTF-16, the rest in single bytes.
        static string Text(ZipArchiveEntry entry)
        {
            using var reader = new BinaryReader(entry.Open());
            return System.Text.Encoding.Latin1.GetString(reader.ReadBytes((int)entry.Length)).Replace("\0", "");
        }
    }

    [Fact]
    public void Labels_that_are_numbers_keep_their_values()
    {
        var ml = new MLContext(1);
        using var folder = new TemporaryFolder();
        var data = ml.Transforms.Conversion.MapValueToKey("Label", "Weight").Fit(Numbered()).Transform(Numbered());
        var model = ml.MulticlassClassification.Trainers.Mlp(MlpTrainerTests.Quick())
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        var loaded = ml.Model.Load(folder.File("model.zip"), out _);
        Assert.Subset(new HashSet<float> { 10, 20, 30, 40 }, loaded.Transform(data).GetColumn<float>("PredictedLabel").ToHashSet());

        IDataView Numbered() => Toy.View(ml, Toy.Songs().Select((song, i) =>
        {
            song.Weight = 10 * (i % 4 + 1);
            return song;
        }));
    }

    private static async Task CheckFreshProcess(MLContext ml, IDataView raw, IEstimator<ITransformer> trainer)
    {
        var data = ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Fit(raw).Transform(raw);
        await CheckFreshProcess(ml, data, trainer.Fit(data));
    }

    /// <summary>
    /// Saves the model, and checks that a process which loads it with plain ML.NET, and has no libtorch, gets the same scores.
    /// </summary>
    internal static async Task CheckFreshProcess(MLContext ml, IDataView data, ITransformer model, params string[] then)
    {
        using var folder = new TemporaryFolder();
        ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        using (var stream = File.Create(folder.File("data.idv")))
            ml.Data.SaveAsBinary(data, stream);
        var scored = model.Transform(data);
        string[] expected = [.. scored.GetColumn<uint>("PredictedLabel").Zip(
            scored.GetColumn<float[]>("Score"), (key, scores) => $"{key} {Convert.ToHexString(MemoryMarshal.AsBytes<float>(scores))}"),
            "torch False"];
        Assert.Equal(expected, await RunHost([folder.File("model.zip"), folder.File("data.idv"), .. then]));
    }

    private static async Task<string[]> RunHost(string[] arguments)
    {
        // The host's own output folder: the one of the tests has libtorch in it.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var host = Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.ModelHost", "bin", configuration, "net10.0", "networkhost.dll");
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(host)!, "libtorch*", SearchOption.AllDirectories));
        using var process =
            Process.Start(
            new ProcessStartInfo("dotnet", [host, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
