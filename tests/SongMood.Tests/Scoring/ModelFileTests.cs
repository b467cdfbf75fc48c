using System.IO.Compression;
using Microsoft.ML;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.Tests.Trainers;
using SongMood.Trainers;

namespace SongMood.Tests.Scoring;

/// <summary>A model is the same file whenever it is saved.</summary>
[Collection(nameof(Torch))]
public class ModelFileTests
{
    private static MlpOptions Short() => new() { HiddenSizes = [8], Epochs = 2 };

    [Fact]
    public async Task Same_seed_same_bytes_whatever_the_time()
    {
        var first = Train(out var stamped);
        await Task.Delay(TimeSpan.FromSeconds(2.1), TestContext.Current.CancellationToken); // a zip's times are of two seconds
        var second = Train(out var stampedLater);
        Assert.NotEqual(stamped, stampedLater); // what ML.NET writes: else nothing is shown here
        Assert.Equal(first, second);

        static byte[] Train(out byte[] stamped)
        {
            var ml = new MLContext(5);
            var data = Toy.View(ml, Toy.Songs());
            var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(Short())).Fit(data);
            using var plain = new MemoryStream();
            ml.Model.Save(model, data.Schema, plain);
            stamped = plain.ToArray();
            using var file = new MemoryStream();
            ModelFile.Save(ml, model, data.Schema, file);
            return file.ToArray();
        }
    }

    /// <summary>Without one, a model that came with SongMood was said to be no model.</summary>
    [Fact]
    public async Task Where_nothing_can_be_unpacked_the_folder_is_at_fault_and_not_the_model()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a folder that not even root can write to");
        const string folder = "/proc/self";
        Assert.ThrowsAny<Exception>(() => File.WriteAllText(Path.Combine(folder, "file"), ""));
        var inspected = await ToolProcess.RunAsync(ToolProcess.Assembly, ["inspect"], ("TMPDIR", folder));
        Assert.Equal(2, inspected.ExitCode);
        Assert.Contains("the pretrained model cannot be unpacked: ML.NET does so in the folder for temporary files, /proc/self/, and "
            + "nothing can be written there (", inspected.Error);
        Assert.Contains("Name another folder in TMPDIR.", inspected.Error);
    }

    [Fact]
    public void It_is_what_MLNet_writes_but_for_the_times_and_loads_as_that()
    {
        var ml = new MLContext(5);
        var data = Toy.View(ml, Toy.Songs());
        var model = Toy.Pipeline(ml, ml.MulticlassClassification.Trainers.Mlp(Short())).Fit(data);
        using var plain = new MemoryStream();
        ml.Model.Save(model, data.Schema, plain);
        using var file = new MemoryStream();
        ModelFile.Save(ml, model, data.Schema, file);

        var loaded = new MLContext().Model.Load(file, out var schema);
        Assert.Equal(data.Schema.Select(column => (column.Name, column.Type)), schema.Select(column => (column.Name, column.Type)));
        Assert.Equal(Toy.Scores(model.Transform(data)), Toy.Scores(loaded.Transform(data)));
        using var zip = new ZipArchive(file);
        Assert.Equal(Entries(new ZipArchive(plain)), Entries(zip));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));

        static (string Name, string Content)[] Entries(ZipArchive zip) => [.. zip.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            return (entry.FullName, Convert.ToHexString(content.ToArray()));
        })];
    }
}
