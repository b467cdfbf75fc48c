using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Embeddings;
using SongMood.Scoring;
using SongMood.Transforms;

namespace SongMood.Tests.Embeddings;

public class EmbedSpectrogramTests
{
    private static readonly float[] Ramp = [0, 1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60, 70]; // two bands, seven frames
    private readonly MLContext _ml = new(1);

    private static EmbedSpectrogramOptions Means(int frames) => new()
    {
        ModelBytes = SmallNetworks.MeanOverFrames(true, "frames", 2),
        PatchFrames = frames,
        Operators = GraphOperators.Tagging,
    };

    [Fact]
    public void Defaults()
    {
        var options = new EmbedSpectrogramOptions();
        Assert.Equal((null, null, null, null, null, null), (options.Model, options.ModelBytes, options.PatchFrames, options.PatchHop,
            options.BelowMaximumDb, options.OutputName));
        Assert.Equal((PatchLayout.FramesByBands, PatchPooling.Mean, PatchRest.Drop, 16, GraphOperators.SongMood),
            (options.Layout, options.Pooling, options.Rest, options.BatchPatches, options.Operators));
    }

    [Fact]
    public void One_error_lists_every_fault()
    {
        var options = new EmbedSpectrogramOptions
        {
            PatchFrames = 0,
            PatchHop = 0,
            Layout = (PatchLayout)9,
            OutputName = "",
            Pooling = 0,
            Rest = (PatchRest)9,
            BatchPatches = 0,
            Operators = (GraphOperators)9,
            BelowMaximumDb = -1,
        };
        var message = Assert.Throws<ArgumentException>(() => _ml.Transforms.EmbedSpectrogram("Out", "In", options)).Message;
        Assert.Contains("Model and ModelBytes is neither given", message);
        Assert.All(typeof(EmbedSpectrogramOptions).GetProperties().Where(option => option.CanWrite),
            option => Assert.Contains(option.Name, message));
        Assert.Contains("both given", Assert.Throws<ArgumentException>(() => _ml.Transforms.EmbedSpectrogram("Out", "In",
            new EmbedSpectrogramOptions { Model = "a.onnx", ModelBytes = [1] })).Message);
        Assert.Contains("Pooling is 8", Assert.Throws<ArgumentException>(() => _ml.Transforms.EmbedSpectrogram("Out", "In",
            Means(2) with { Pooling = (PatchPooling)8 })).Message);
    }

    [Fact]
    public void Patches_are_cut_side_by_side_and_the_rest_is_left_out() =>
        // Frames 0 to 2 and 3 to 5; frame 6 is left out.
        Assert.Equal([2.5f, 35], Embed(Means(3), Ramp), Close);

    [Fact]
    public void Patches_may_overlap_lie_apart_and_be_filled_up()
    {
        // 0-2, 2-4, 4-6: the means 1, 3, 5
        Assert.Equal([3, 40], Embed(Means(3) with { PatchHop = 2 }, Ramp), Close);
        // 0 and 1, 4 and 5; frame 6 lies between two
        Assert.Equal([2.5f, 35], Embed(Means(2) with { PatchHop = 4 }, Ramp), Close);
        Assert.Equal([2.5f, 35], Embed(Means(2) with { PatchHop = 4, Rest = PatchRest.Fill }, Ramp), Close);
        // 0-2, 3-5, and 6 with two times the clip's smallest value, 0
        Assert.Equal([(1 + 4 + 2) / 3f, (20 + 50 + 70 / 3f) / 3], Embed(Means(3) with { Rest = PatchRest.Fill }, Ramp), Close);
        // A hop beyond the clip's end
        Assert.Equal([1, 20], Embed(Means(3) with { PatchHop = int.MaxValue, Rest = PatchRest.Fill }, Ramp), Close);
    }

    [Fact]
    public void Decibels_are_taken_below_the_clips_loudest()
    {
        var options = Means(2) with { BelowMaximumDb = 20 };
        // Of -10, -50 | -30, -20 and 0, -5 | -100, -15: down to 20 below the largest, which is 0, of any patch and band.
        float[] expected = [(-10 - 20 - 20 - 20) / 4f, (0 - 5 - 20 - 15) / 4f];
        Assert.Equal(expected, Embed(options, -10, -50, -30, -20, 0, -5, -100, -15), Close);
        Assert.Equal(expected, Embed(options, -3, -43, -23, -13, 7, 2, -93, -8), Close); // another reference
        // What fills up a short clip is its smallest value, as far down as values go.
        Assert.Equal([(0 - 15) / 2f, -15], Embed(options, 5, -10), Close);
    }

    [Fact]
    public void A_clip_shorter_than_a_patch_is_filled_up_with_its_smallest_value()
    {
        Assert.Equal([(-3 - 1 - 3 - 3) / 4f, (5 + 7 - 3 - 3) / 4f], Embed(Means(4), -3, -1, 5, 7), Close);
        Assert.Equal([-1, -1], Embed(Means(4), -1, -1), Close);
    }

    [Fact]
    public void Pools_follow_one_another_and_are_named()
    {
        var options = Means(2) with { Pooling = PatchPooling.Maximum | PatchPooling.Mean | PatchPooling.Deviation };
        var (transformed, names) = Run(options, Ramp);
        Assert.Equal(["mean.0", "mean.1", "deviation.0", "deviation.1", "maximum.0", "maximum.1"], names);
        // The means of the patches are 0.5, 2.5, 4.5.
        var deviation = MathF.Sqrt(8 / 3f);
        Assert.Equal([2.5f, 35, deviation, 10 * deviation, 4.5f, 55], transformed, Close);
    }

    [Fact]
    public void Both_layouts_give_the_same()
    {
        var bandsFirst = Means(3) with
        {
            ModelBytes = SmallNetworks.MeanOverFrames(false, 3, 2),
            PatchFrames = null,
            Layout = PatchLayout.BandsByFrames,
        };
        Assert.Equal(Embed(Means(3), Ramp), Embed(bandsFirst, Ramp));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1024)]
    public void The_size_of_batches_does_not_matter(int batch)
    {
        var options = new EmbedSpectrogramOptions { ModelBytes = SmallNetworks.Dense(3, 2), PatchHop = 1 };
        float[] clip = [.. Enumerable.Range(0, 2 * 40).Select(i => MathF.Sin(i))];
        Assert.Equal(Embed(options, clip), Embed(options with { BatchPatches = batch }, clip), Close);
        var one = options with { ModelBytes = SmallNetworks.Dense(3, 2, batch: 1), BatchPatches = batch };
        Assert.Equal(Embed(options, clip), Embed(one, clip), Close);
    }

    [Fact]
    public void The_output_is_chosen_by_its_name()
    {
        var options = new EmbedSpectrogramOptions
        {
            ModelBytes = SmallNetworks.Convolution(2),
            PatchFrames = 4,
            Layout = PatchLayout.BandsByFrames,
            Operators = GraphOperators.Tagging,
        };
        var embedding = Embed(options, Ramp); // by its usual name
        Assert.Equal(embedding.Select(value => 1 / (1 + MathF.Exp(-value))), Embed(options with { OutputName = "tags" }, Ramp), (a, b) =>
            Math.Abs(a - b) < 1e-6f);
        Assert.Contains("its outputs are 'embedding', 'tags', none of them 'logits'",
            Refused(options with { OutputName = "logits" }).Message);
    }

    [Fact]
    public void Values_that_are_not_finite_are_refused_and_it_says_where()
    {
        float[] clip = [.. Ramp];
        clip[9] = float.NaN;
        var error = Assert.ThrowsAny<Exception>(() => Embed(Means(3), clip)).GetBaseException();
        Assert.Contains("EmbedSpectrogram: row 0, column 'In': band 1, frame 2 is NaN", Assert.IsType<RowException>(error).Message);
    }

    [Fact]
    public void Another_number_of_bands_is_refused()
    {
        var clip = Clip(3, new float[12]);
        Assert.Contains("column 'In' is a vector of Single (3 x ?); expected a spectrogram (2 bands, frames)",
            Assert.Throws<ArgumentException>(() => _ml.Transforms.EmbedSpectrogram("Out", "In", Means(3)).Fit(clip)).Message);
    }

    [Fact]
    public void The_network_is_in_the_model_file_and_the_file_it_came_from_is_not_needed()
    {
        using var folder = new TemporaryFolder();
        var network = folder.File("network.onnx");
        File.WriteAllBytes(network, SmallNetworks.Convolution(2));
        var data = Clip(2, Ramp);
        var model = _ml.Transforms.EmbedSpectrogram("Out", "In", new EmbedSpectrogramOptions
        {
            Model = network,
            PatchFrames = 4,
            Layout = PatchLayout.BandsByFrames,
            Operators = GraphOperators.Tagging,
        }).Fit(data);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        File.Delete(network);
        using (var zip = ZipFile.OpenRead(folder.File("model.zip")))
            Assert.Single(zip.Entries, entry => entry.Name == "network.onnx");
        Assert.Equal(Read(model.Transform(data)), Read(new MLContext().Model.Load(folder.File("model.zip"), out _).Transform(data)));
    }

    [Fact]
    public void Loading_looks_the_network_through_again()
    {
        var data = Clip(2, Ramp);
        using var file = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.EmbedSpectrogram("Out", "In", Means(3)).Fit(data), data.Schema, file);
        var graph = new OnnxGraphBuilder("loop");
        graph.Output(graph.Rename(graph.Node("Loop", [graph.Input("patches", "batch", 3, 2)]), "means"), "batch", 2);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries.Single(entry => entry.Name == "network.onnx");
            var name = entry.FullName;
            entry.Delete();
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(graph.Build());
        }
        file.Position = 0;
        var error = Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(file, out _)).GetBaseException();
        Assert.Contains("(Loop) is of an operator that is not taken", Assert.IsType<FormatException>(error).Message);
        file.Position = 0;
        Assert.Contains("(Loop)", Assert.Throws<MoodModelException>(() => ModelFile.Read(new MLContext(), file, "a model")).Message);
    }

    [Fact]
    public void A_network_that_is_missing_is_named() => Assert.Contains("There is no network 'nowhere.onnx'",
        Assert.Throws<FileNotFoundException>(
            () => _ml.Transforms.EmbedSpectrogram("Out", "In", new EmbedSpectrogramOptions { Model = "nowhere.onnx" })).Message);

    [Fact]
    public void After_it_is_disposed_of_rows_are_refused()
    {
        var data = Clip(2, Ramp);
        var transformer = _ml.Transforms.EmbedSpectrogram("Out", "In", Means(3)).Fit(data);
        var rows = transformer.Transform(data);
        Assert.Equal([2.5f, 35], Read(rows), Close);
        transformer.Dispose();
        Assert.IsType<ObjectDisposedException>(Assert.ThrowsAny<Exception>(() => Read(rows)).GetBaseException());
    }

    /// <summary>ML.NET's own step runs a network over one patch of a fixed size, as clips of one length are.</summary>
    [Fact]
    public void Where_one_patch_is_enough_ApplyOnnxModel_gives_the_same()
    {
        using var folder = new TemporaryFolder();
        var network = folder.File("network.onnx");
        File.WriteAllBytes(network, SmallNetworks.Convolution(2));
        var data = Clip(2, Ramp);
        var ours = _ml.Transforms.EmbedSpectrogram("Out", "In", new EmbedSpectrogramOptions
        {
            Model = network,
            PatchFrames = 7,
            Layout = PatchLayout.BandsByFrames,
            Operators = GraphOperators.Tagging,
        });
        var theirs = _ml.Transforms.FixLength("patches", "In", count: 7).Append(_ml.Transforms.ApplyOnnxModel(
            "embedding", "patches", network, new Dictionary<string, int[]> { ["patches"] = [1, 2, 7] }));
        Assert.Equal(Read(ours.Fit(data).Transform(data)), Read(theirs.Fit(data).Transform(data), "embedding"), Close);
    }

    private InvalidDataException Refused(EmbedSpectrogramOptions options) =>
        Assert.Throws<InvalidDataException>(() => _ml.Transforms.EmbedSpectrogram("Out", "In", options));

    private float[] Embed(EmbedSpectrogramOptions options, params float[] clip) => Run(options, clip).Values;

    private (float[] Values, string[] Names) Run(EmbedSpectrogramOptions options, float[] clip)
    {
        var rows = _ml.Transforms.EmbedSpectrogram("Out", "In", options).Fit(Clip(2, clip)).Transform(Clip(2, clip));
        VBuffer<ReadOnlyMemory<char>> names = default;
        rows.Schema["Out"].GetSlotNames(ref names);
        return (Read(rows), [.. names.DenseValues().Select(name => $"{name}")]);
    }

    private IDataView Clip(int bandCount, float[] values)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.In)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, bandCount, 0);
        return _ml.Data.LoadFromEnumerable([new Row { In = values }], schema);
    }

    private static float[] Read(IDataView rows, string column = "Out") =>
        [.. rows.GetColumn<VBuffer<float>>(column).Single().DenseValues()];

    private static bool Close(float a, float b) => Math.Abs(a - b) < 1e-5f;

    private sealed class Row
    {
        public float[] In { get; set; } = [];
    }
}
