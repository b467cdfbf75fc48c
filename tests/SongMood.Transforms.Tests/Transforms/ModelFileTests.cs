using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>Model files: another process, an earlier version, damage.</summary>
public sealed class ModelFileTests : IDisposable
{
    private const int GoldenValueCount = 12;
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("songmood-model-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (ITransformer Model, string Path) SaveEveryComponent()
    {
        var data = EveryComponent.Data(_ml);
        var model = EveryComponent.Pipeline(_ml).Fit(data);
        var path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, data.Schema, path);
        return (model, path);
    }

    [Fact]
    public async Task Every_component_loads_in_another_process_that_registers_nothing()
    {
        var (model, path) = SaveEveryComponent();
        var data = EveryComponent.Data(_ml);
        var dataPath = Path.Combine(_folder, "data.idv");
        using (var file = File.Create(dataPath))
            _ml.Data.SaveAsBinary(data, file);

        var here = ModelHost.Describe(model.Transform(data), EveryComponent.Columns);
        Assert.Equal(3 * EveryComponent.Columns.Length, here.Length);
        Assert.Equal(here, await ModelHost.RunAsync(path, dataPath, EveryComponent.Columns));
    }

    [Fact]
    public void The_model_of_version_0_1_0_still_loads_and_gives_its_numbers()
    {
        var model = _ml.Model.Load(Golden("transforms-0.1.0.zip"), out _);
        var scored = model.Transform(EveryComponent.Data(_ml));
        var expected = JsonSerializer.Deserialize<Dictionary<string, float[]>>(File.ReadAllText(Golden("transforms-0.1.0.json")))!;
        Assert.Equal(11, expected.Count); // what came later is not in it
        Assert.Equal(EveryComponent.Columns[..11], expected.Keys);
        foreach (var (column, values) in expected)
        {
            var actual = Sample(scored, column);
            Assert.Equal(values.Length, actual.Length);
            for (var i = 0; i < values.Length; i++)
                Assert.True(Math.Abs(values[i] - actual[i]) <= 1e-3 * Math.Max(0.1, Math.Abs(values[i])),
                    $"{column}[{i}]: {actual[i]}, was {values[i]}");
        }
    }

    /// <summary>Run once for a release (-explicit only), then rename the two files and add a test like the one above.</summary>
    [Fact(Explicit = true)]
    public void Write_the_golden_model()
    {
        var (model, path) = SaveEveryComponent();
        File.Copy(path, Golden("transforms-new.zip", source: true), overwrite: true);
        var scored = model.Transform(EveryComponent.Data(_ml));
        var lines = EveryComponent.Columns.Select(column => $"  \"{column}\": {JsonSerializer.Serialize(Sample(scored, column))}");
        File.WriteAllText(Golden("transforms-new.json", source: true), $"{{\n{string.Join(",\n", lines)}\n}}\n");
    }

    [Fact]
    public void Columns_keep_their_form_in_binary_data_views()
    {
        // What is computed once for a folder of music is kept in ML.NET's own binary format; sizes, rates and values come back.
        var data = EveryComponent.Data(_ml);
        var scored = EveryComponent.Pipeline(_ml).Fit(data).Transform(data);
        var path = Path.Combine(_folder, "features.idv");
        using (var file = File.Create(path))
            _ml.Data.SaveAsBinary(scored, file);
        var loaded = _ml.Data.LoadFromBinary(path);
        foreach (var column in EveryComponent.Columns)
        {
            Assert.Equal(ColumnForm.Of(scored.Schema[column]), ColumnForm.Of(loaded.Schema[column]));
            Assert.Equal(scored.Read(column), loaded.Read(column));
        }
        Assert.Equal([16, 0], ColumnForm.Of(loaded.Schema["Mel"]).Dimensions);
        Assert.Equal(11025, ColumnForm.Of(loaded.Schema["Mel"]).SampleRate);
    }

    [Fact]
    public void Damage_is_explained()
    {
        var (_, path) = SaveEveryComponent();
        Rewrite(path, text => text.Replace("\"LogCompress\"", "\"LogExpand\""));
        Assert.Contains("there is no component 'LogExpand'", LoadError(path));

        (_, path) = SaveEveryComponent();
        Rewrite(path, text => text.Replace("\"factor\": 10000", "\"factor\": 10000, \"loudness\": 3"));
        var message = LoadError(path);
        Assert.Contains("LogCompress", message);
        Assert.Contains("newer", message);

        (_, path) = SaveEveryComponent();
        Rewrite(path, text => text.Replace("\"factor\": 10000", "\"factor\": -1"));
        Assert.Contains("Factor is -1", LoadError(path));
    }

    [Theory]
    [InlineData("\"factor\": \"much\"", "'factor': it is \"much\", expected a number")]
    [InlineData("\"factor\": true", "'factor': it is true, expected a number")]
    [InlineData("\"factor\": null", "'factor': it is null, expected Single")]
    [InlineData("\"factor\": 1, \"factor\": 2", "cannot be read")]
    [InlineData("\"factor\": 1,,", "cannot be read")]
    [InlineData("\"factor\": \"NaN\"", "Factor is NaN")]
    public void A_setting_that_is_none_is_refused(string setting, string said)
    {
        var (_, path) = SaveEveryComponent();
        Rewrite(path, text => text.Replace("\"factor\": 10000", setting));
        Assert.Contains(said, LoadError(path), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\"fftLength\": 512", "\"fftLength\": 512.5", "'fftLength': it is 512.5, expected a whole number")]
    [InlineData("\"window\": \"Hann\"", "\"window\": \"Han\"", "'window': it is \"Han\", expected one of")]
    [InlineData("\"window\": \"Hann\"", "\"window\": \"99\"", "'window': it is \"99\", expected one of")]
    [InlineData("\"center\": true", "\"center\": 1", "'center': it is 1, expected true or false")]
    [InlineData("\"state\": {", "\"state\": [{", "cannot be read")]
    public void A_setting_of_another_type_is_refused(string was, string becomes, string said)
    {
        var (_, path) = SaveEveryComponent();
        var found = false;
        Rewrite(path, text =>
        {
            found |= text.Contains(was);
            return text.Replace(was, becomes);
        });
        Assert.True(found);
        Assert.Contains(said, LoadError(path), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void What_a_file_does_not_say_is_as_by_default()
    {
        var (_, path) = SaveEveryComponent();
        var factor = new LogCompressOptions().Factor;
        Assert.NotEqual(0, factor);
        var expected = Sample(_ml.Model.Load(path, out _).Transform(EveryComponent.Data(_ml)), "Log");
        Rewrite(path, text => text.Replace("\"factor\": 10000,", ""));
        Assert.Equal(expected, Sample(_ml.Model.Load(path, out _).Transform(EveryComponent.Data(_ml)), "Log"));
    }

    // ML.NET makes components by reflection, so ours lies below its wrappers.
    private string LoadError(string path) =>
        Assert.IsType<FormatException>(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(path, out _)).GetBaseException()).Message;

    private static void Rewrite(string path, Func<string, string> change)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        foreach (var entry in zip.Entries.Where(entry => entry.Name == "component.json").ToArray())
        {
            string text;
            using (var reader = new StreamReader(entry.Open()))
                text = reader.ReadToEnd();
            var name = entry.FullName;
            entry.Delete();
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(Encoding.UTF8.GetBytes(change(text)));
        }
    }

    // Some values from all over each column, of the last row.
    private static float[] Sample(IDataView scored, string column)
    {
        var values = scored.Read(column)[^1];
        return [.. Enumerable.Range(0, GoldenValueCount).Select(i => values[(int)((long)i * values.Length / GoldenValueCount)])];
    }

    private static string Golden(string name, bool source = false, [CallerFilePath] string here = "") =>
        Path.Combine(source ? Path.GetDirectoryName(here)! : Path.Combine(AppContext.BaseDirectory, "Transforms"), "Golden", name);
}
