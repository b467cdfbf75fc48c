using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Learning;
using SongMood.Tests.Trainers;
using SongMood.Trainers;

namespace SongMood.Tests.Cli;

/// <summary><c>songmood predict tracks.csv --model tab.zip</c>: a model of numbers takes rows, and its zip says which columns.</summary>
[Collection(nameof(Torch))]
public sealed class PredictTableTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<string> TrainAsync()
    {
        var model = _folder.File("tab.zip");
        var run = await Tool.RunAsync("train", "--data", tones.Labels, "--columns", "other,pitch", "--model", model, "--epochs", "20",
            "--batch", "8", "--learning-rate", "0.01");
        Assert.True(run.ExitCode == 0, run.Error);
        return model;
    }

    [Fact]
    public async Task Rows_get_moods_and_are_named_as_far_as_the_table_names_them()
    {
        var model = await TrainAsync();
        // Columns in another order, others between them, and moods of people that need not be the model's.
        var table = _folder.Write("tracks.csv", "id,pitch,mood,title,other\n7,0.2,sombre,Deep,1\n8,4.4,,,2\n,4.1,x,High,0\n");
        var run = await Tool.RunAsync("predict", table, "--model", model, "--format", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.JsonLines;
        Assert.Equal(["low", "high", "high"], lines.Select(line => (string)line["mood"]!));
        Assert.Equal([2, 3, 4], lines.Select(line => (int)line["line"]!));
        Assert.Equal(["version", "file", "line", "id", "title", "mood", "scores", "valence", "arousal"], lines[0].Select(pair => pair.Key));
        Assert.Equal(["version", "file", "line", "id", "mood", "scores", "valence", "arousal"], lines[1].Select(pair => pair.Key));
        Assert.All(lines, line => Assert.Equal(1, line["scores"]!.AsObject().Sum(score => (double)score.Value!), 5));

        // The same as the training songs' numbers give when the model is measured.
        var measured = await Tool.RunAsync("evaluate", "--data", tones.Labels, "--model", model, "--json", _folder.File("out.json"));
        Assert.True(measured.ExitCode == 0, measured.Error);
        var said = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(_folder.File("out.json")))!["predictions"]!.AsArray();
        var predicted = (await Tool.RunAsync("predict", tones.Labels, "--model", model, "--format", "json")).JsonLines;
        Assert.Equal(said.Select(song => (string)song!["predicted"]!), predicted.Select(song => (string)song["mood"]!));
        Assert.Equal(said.Select(song => (float)song!["probabilities"]![0]!), predicted.Select(song => (float)song["scores"]!["high"]!));

        var csv = await Tool.RunAsync("predict", table, "--model", model, "--format", "csv");
        Assert.Equal("file,line,path,id,title,artist,mood,error,high,low", csv.OutLines[0]);
        Assert.StartsWith($"{table},2,,7,Deep,,low,,", csv.OutLines[1]);
        var people = await Tool.RunAsync("predict", table, "--model", model);
        Assert.Contains(people.OutLines, line => line.Contains("line 2, Deep") && line.Contains("low"));
        Assert.Contains(people.OutLines, line => line.Contains("line 3, 8") && line.Contains("high"));
    }

    /// <summary>The same without the tool.</summary>
    [Fact]
    public async Task The_library_predicts_rows_too()
    {
        using var model = NumericModel.TryOpen(await TrainAsync())!;
        Assert.Equal(["other", "pitch"], model.Columns);
        Assert.Equal(["high", "low"], model.Moods);
        var rows = model.ReadTable(_folder.Write("tracks.csv", "id,pitch,other\n7,0.2,1\n8,4.4,2\n"));
        Assert.Equal(["7", "8"], rows.Select(row => row.Id));
        var scores = model.Score(rows.Select(row => row.Features));
        Assert.True(scores[0][1] > 0.5 && scores[1][0] > 0.5, string.Join("; ", scores.Select(row => string.Join(", ", row))));
        var misfit = Assert.Throws<ArgumentException>(() => model.Score([[1f]]));
        Assert.Contains("A row has 1 number; expected 2: other, pitch.", misfit.Message);
        Assert.Throws<LabelledDataException>(() => model.ReadTable(_folder.Write("bad.csv", "pitch\n1\n")));
        Assert.Throws<FileNotFoundException>(() => model.ReadTable(_folder.File("nowhere.csv")));
    }

    [Fact]
    public async Task Inspect_shows_the_columns()
    {
        var run = await Tool.RunAsync("inspect", await TrainAsync());
        Assert.Contains("(other, pitch)", run.Out);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_by_name()
    {
        var model = await TrainAsync();
        (await Tool.RunAsync("predict", _folder.Write("short.csv", "id,pitch\n1,2\n"), "--model", model))
            .AssertFailed("short.csv", "column 'other'", "Columns found: id, pitch");
        (await Tool.RunAsync("predict", _folder.Write("bad.csv", "pitch,other\n1,2\nhigh,1\n3,\n"), "--model", model))
            .AssertFailed("line 3, column 'pitch': 'high' is not a finite number", "line 4, column 'other': the cell is empty");
        (await Tool.RunAsync("predict", _folder.Write("empty.csv", ""), "--model", model))
            .AssertFailed("empty.csv", "the columns other, pitch");
        (await Tool.RunAsync("predict", _folder.File("none.csv"), "--model", model)).AssertFailed("There is no table", "none.csv");
        (await Tool.RunAsync("predict", tones.Folder, "--model", model))
            .AssertFailed("does not listen to songs", "the columns other, pitch");
        (await Tool.RunAsync("predict", _folder.Write("a.wav", ToneFiles.Wav(300)), "--model", model)).AssertFailed("a.wav is no table");
    }

    [Fact]
    public async Task Semicolons_and_decimal_commas_are_read_as_in_label_files()
    {
        var run = await Tool.RunAsync("predict", _folder.Write("semi.csv", "pitch;other\n0,21;1\n4,5;0\n"), "--model", await TrainAsync(),
            "--format", "json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(["low", "high"], run.JsonLines.Select(line => (string)line["mood"]!));
    }

    [Fact]
    public async Task A_row_that_says_another_again_gets_its_prediction()
    {
        var table = _folder.Write("twice.csv", "path,pitch,other\nx.mp3,0.2,1\nx.mp3,0.2,1\n");
        var run = await Tool.RunAsync("predict", table, "--model", await TrainAsync(), "--format", "json");
        Assert.Equal(2, run.JsonLines.Length);
    }

    /// <summary>What a user's own pipeline makes of columns of a table: nothing but numbers with names tells its moods.</summary>
    [Theory]
    [InlineData("network")]
    [InlineData("trainer of ML.NET")]
    [InlineData("ensemble")]
    [InlineData("vector beside a number")]
    public async Task Models_of_a_users_own_pipeline_take_rows_too(string kind)
    {
        var ml = new MLContext(1);
        Track[] tracks = [.. Enumerable.Range(0, 40).Select(i => new Track
        {
            Energy = i % 2 == 0 ? 0.8f : 0.2f + i / 1000f,
            Tempo = i % 2 == 0 ? 140 + i : 70 + i,
            More = [i % 3, i % 5],
            Mood = i % 2 == 0 ? "happy" : "sad",
        })];
        var schema = SchemaDefinition.Create(typeof(Track));
        schema["More"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(2, ["third".AsMemory(), "fifth".AsMemory()]),
            new VectorDataViewType(TextDataViewType.Instance, 2));
        var data = ml.Data.LoadFromEnumerable(tracks, schema);
        var (transforms, trainers) = (ml.Transforms, ml.MulticlassClassification.Trainers);
        var mlp = new MlpOptions { HiddenSizes = [6], Epochs = 30, LearningRate = 0.01, BatchSize = 8 };
        IEstimator<ITransformer> Scaled(params string[] columns) =>
            transforms.Concatenate("Features", columns).Append(transforms.ScaleMinMax("Features"));
        var pipeline = transforms.Conversion.MapValueToKey("Label", "Mood").Append<ITransformer>(kind switch
        {
            "network" => Scaled("Tempo", "Energy").Append(trainers.Mlp(mlp)),
            "trainer of ML.NET" => Scaled("Tempo", "Energy").Append(trainers.LbfgsMaximumEntropy()),
            "ensemble" => trainers.Ensemble([EnsembleMember.ToTrain(Scaled("Tempo").Append(trainers.Mlp(mlp))),
                EnsembleMember.ToTrain(Scaled("Energy", "Tempo").Append(trainers.Mlp(mlp)))], combiner: EnsembleCombiner.Average),
            _ => Scaled("More", "Tempo").Append(trainers.Mlp(mlp)),
        }).Append(transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var model = pipeline.Fit(data);
        var zip = _folder.File("own.zip");
        ml.Model.Save(model, data.Schema, zip);

        string[] columns = kind.StartsWith("vector", StringComparison.Ordinal) ? ["Tempo", "third", "fifth"] : ["Energy", "Tempo"];
        using (var numbers = NumericModel.TryOpen(zip)!)
        {
            Assert.Equal(columns, numbers.Columns);
            Assert.Equal(["happy", "sad"], numbers.Moods);
            var expected = model.Transform(data).GetColumn<float[]>("Score").ToArray();
            var scores = numbers.Score(tracks.Select(track =>
                columns.Length == 3 ? [track.Tempo, .. track.More] : new[] { track.Energy, track.Tempo }));
            for (var i = 0; i < expected.Length; i++)
                Close.Equal(expected[i], scores[i], 1e-5f);
        }
        // Columns in another order, others between them, and none for the mood, which the model was trained on.
        var table = _folder.Write("tracks.csv", "title,fifth,Tempo,third,Energy\nHigh,0,150,0,0.8\nLow,1,72,1,0.2\n");
        var run = await Tool.RunAsync("predict", table, "--model", zip, "--format", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["happy", "sad"], run.JsonLines.Select(line => (string)line["mood"]!));
        (await Tool.RunAsync("predict", _folder.Write("short.csv", "title\nx\n"), "--model", zip))
            .AssertFailed($"column '{columns[0]}'", "Columns found: title");
        var labelled = _folder.Write("labelled.csv", "mood,fifth,Tempo,third,Energy\nhappy,0,150,0,0.8\nsad,1,72,1,0.2\n");
        var measured = await Tool.RunAsync("evaluate", "--data", labelled, "--model", zip);
        Assert.True(measured.ExitCode == 0, measured.Error);
        Assert.Contains("accuracy 100.0 %", measured.Out);
    }

    /// <summary>Numbers without names, and what is more than numbers, are no such model: which columns it takes is said.</summary>
    [Fact]
    public async Task A_model_that_takes_more_than_numbers_with_names_says_what_it_takes()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Track
        {
            Energy = i % 2,
            More = [i % 2, i % 3],
            Mood = i % 2 == 0 ? "happy" : "sad",
        }).ToArray());
        foreach (var features in new IEstimator<ITransformer>[]
        {
            ml.Transforms.Concatenate("Features", "More"),
            ml.Transforms.Text.FeaturizeText("Words", "Mood").Append(ml.Transforms.Concatenate("Features", "Energy", "Words")),
        })
        {
            var zip = _folder.File("more.zip");
            ml.Model.Save(ml.Transforms.Conversion.MapValueToKey("Label", "Mood").Append(features)
                .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(data), data.Schema, zip);
            Assert.Null(NumericModel.TryOpen(zip));
            (await Tool.RunAsync("predict", _folder.Write("t.csv", "Energy\n1\n"), "--model", zip))
                .AssertFailed("no LoadAudio step", "'Energy' (Single)");
        }
    }

    private sealed class Track
    {
        public float Energy { get; set; }

        public float Tempo { get; set; }

        [VectorType(2)]
        public float[] More { get; set; } = [0, 0];

        public string Mood { get; set; } = "";
    }
}
