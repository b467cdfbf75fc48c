using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Tests.Transforms;

public class FreshProcessTests
{
    [Fact]
    public async Task A_pipeline_loads_in_another_process_without_registration()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new Row { Values = [i, 2 * i + 1, 3, 0.5f] }));
        var model = ml.Transforms.LogCompress("Log", "Values").Append(ml.Transforms.ScaleMinMax("Scaled", "Log")).Fit(data);
        var folder = Directory.CreateTempSubdirectory("songmood-").FullName;
        ml.Model.Save(model, data.Schema, Path.Combine(folder, "m.zip"));
        using (var file = File.Create(Path.Combine(folder, "d.idv")))
            ml.Data.SaveAsBinary(data, file);
        Assert.Equal(ModelHost.Describe(model.Transform(data), "Scaled"),
            await ModelHost.RunAsync(Path.Combine(folder, "m.zip"), Path.Combine(folder, "d.idv"), "Scaled"));
    }

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Values { get; set; } = [];
    }
}
