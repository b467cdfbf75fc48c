using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp.Descriptors;
using SongMood.Learning;
using SongMood.Prediction;
using SongMood.Scoring;
using SongMood.Tests.Cli;
using SongMood.Tests.Scoring.Checks;
using SongMood.Tests.Trainers;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>Which groups of features speak for a mood.</summary>
[Collection(nameof(Torch))]
public sealed class ExplainTests(TrainedTones tones) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each group by hand: its values at the medians that the model keeps, all others as they are.</summary>
    [Fact]
    public async Task A_group_of_descriptors_is_left_at_its_median()
    {
        var songs = LabelledSongs.Read(tones.Labels);
        var zip = _folder.File("descriptors.zip");
        using (var learnt = await new MoodLearning(songs, new MoodLearningOptions
        {
            Inputs = SongInput.Descriptors,
            Epochs = 5,
            BatchSize = 8,
        })
            .FitAsync(cancellation: TestContext.Current.CancellationToken))
            learnt.Save(zip);
        var song = _folder.Write("song.wav", ToneFiles.Wav(4300));
        using var predictor = MoodPredictor.Load(zip);
        var explanation = predictor.Explain(song);
        var prediction = predictor.Predict(song);
        Assert.Equal((prediction.Mood, prediction.Scores[prediction.Mood]), (explanation.Mood, explanation.Score));
        Assert.Equal(14, explanation.Parts.Count);
        Assert.Equal(explanation.Parts.OrderByDescending(part => part.Change), explanation.Parts);

        var ml = new MLContext(1);
        var model = ml.Model.Load(zip, out _);
        var steps = PipelineSteps.Of(model).ToArray();
        var described = steps.Take(2).Aggregate(ml.Data.LoadFromEnumerable([new Row { Path = song }]),
            (rows, step) => step.Transform(rows));
        var features = described.GetColumn<float[]>("Features").Single();
        var names = MusicDescriptorExtractor.NamesOf(DescriptorGroups.All);
        var heard = songs.Songs.Select(each => Descriptors(each.AudioPath!)).ToArray();
        foreach (var (word, group) in new[]
        {
            ("timbre", DescriptorGroups.Mfcc), ("brightness", DescriptorGroups.Spectrum),
            ("key", DescriptorGroups.Tonality),
        })
        {
            var usual = (float[])features.Clone();
            foreach (var name in MusicDescriptorExtractor.NamesOf(group))
            {
                var place = names.IndexOf(name);
                var sorted = heard.Select(each => each[place]).Order().ToArray();
                usual[place] = (sorted[9] + sorted[10]) / 2; // of 20 songs
            }
            var schema = SchemaDefinition.Create(typeof(Described));
            schema["Features"].ColumnType = described.Schema["Features"].Type;
            var rest = steps.Skip(2).Aggregate(ml.Data.LoadFromEnumerable([new Described { Features = usual }], schema),
                (rows, step) => step.Transform(rows));
            var score = rest.GetColumn<float[]>("Score").Single()[predictor.Moods.ToList().IndexOf(explanation.Mood)];
            Assert.Equal(explanation.Score - score, explanation.Parts.Single(part => part.Group == word).Change, 1e-5f);
        }
        Assert.True(explanation.Parts.Max(part => Math.Abs(part.Change)) > 0.001, explanation.ToString());

        float[] Descriptors(string path)
        {
            var values = new float[names.Length];
            new MusicDescriptorExtractor().Compute(AudioFile.Read(path).Channel(0), values);
            return values;
        }
    }

    /// <summary>Each group is a range of bands, which become still: all together, nothing happens any more.</summary>
    [Theory]
    [InlineData(128, new[] { 0, 16, 40, 72, 104, 128 })]
    [InlineData(5, new[] { 0, 1, 2, 3, 4, 5 })]
    public void A_range_of_bands_is_left_at_the_median_of_its_frames(int bandCount, int[] edges)
    {
        const int frames = 7;
        var random = new Random(bandCount);
        float[] spectrogram = [.. Enumerable.Range(0, bandCount * frames).Select(_ => random.NextSingle())];
        var groups = FeatureGroup.OfBands(3, bandCount).ToArray();
        Assert.Equal(["low bass", "bass", "middle", "presence", "treble"], groups.Select(group => group.Name));
        foreach (var (index, group) in groups.Index())
        {
            Assert.Equal(3, group.Column);
            var changed = (float[])spectrogram.Clone();
            group.MakeUsual(changed);
            for (var band = 0; band < bandCount; band++)
            {
                var before = spectrogram[(band * frames)..][..frames];
                var isUsual = band >= edges[index] && band < edges[index + 1];
                Assert.Equal(isUsual ? Enumerable.Repeat(before.Order().ElementAt(3), frames) : before,
                    changed[(band * frames)..][..frames]);
            }
        }
    }

    [Fact]
    public void A_spectrogram_is_explained_by_its_ranges()
    {
        var song = Path.Combine(TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3");
        using var predictor = MoodPredictor.LoadPretrained();
        var (explanation, prediction) = (predictor.Explain(song), predictor.Predict(song));
        Assert.Equal(prediction.Mood, explanation.Mood);
        Assert.Equal(prediction.Scores[prediction.Mood], explanation.Score, 1e-6f);
        Assert.Equal(["bass", "low bass", "middle", "presence", "treble"], explanation.Parts.Select(part => part.Group).Order());
        Assert.True(explanation.Parts.Count(part => Math.Abs(part.Change) > 0.001) >= 3, explanation.ToString());
    }

    /// <summary>Of a network whose weights are no numbers nothing is said, whichever way it is asked, and not "calm NaN %".</summary>
    [Fact]
    public void Scores_that_are_no_numbers_are_an_error_as_when_predicting()
    {
        var zip = _folder.File("nan.zip");
        File.Copy(tones.Model, zip);
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Update))
        {
            var entry = archive.Entries.Single(each => each.Name == "network.onnx");
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            var model = Wire.Model(content.ToArray());
            foreach (var (_, field) in model.Everything().Where(each => each.Field is { Number: 9, Value: byte[] { Length: > 64 } }))
                MemoryMarshal.Cast<byte, float>(((byte[])field.Value).AsSpan()).Fill(float.NaN); // raw_data
            entry.Delete();
            using var changed = archive.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open(); // else it would be a bomb
            changed.Write(model.ToBytes());
        }
        using var predictor = MoodPredictor.Load(zip);
        foreach (var ask in new Action[]
        {
            () => predictor.Predict(ToneFiles.Wav(300)), () => predictor.PredictTimeline(ToneFiles.Wav(300)),
            () => predictor.Explain(ToneFiles.Wav(300)),
        })
            Assert.Contains("are not numbers", Assert.Throws<AudioFormatException>(ask).Message);
    }

    [Fact]
    public void It_reads_as_one_line_whatever_speaks()
    {
        var parts = new[] { new ExplanationPart("rhythm", 0.21f), new("treble", 0.004f), new("bass", -0.05f), new("key", -0.2f) };
        Assert.Equal("happy 71 %: for it rhythm (+0.21); against it key (-0.20), bass (-0.05)",
            new MoodExplanation("happy", 0.71f, parts).ToString());
        Assert.Equal("happy 71 %: for it rhythm (+0.21)", new MoodExplanation("happy", 0.71f, parts[..2]).ToString());
        Assert.Equal("happy 71 %: against it bass (-0.05)", new MoodExplanation("happy", 0.71f, parts[1..3]).ToString());
        Assert.Equal("happy 71 %: no group of features by itself", new MoodExplanation("happy", 0.71f, parts[1..2]).ToString());
        Assert.Equal("happy 71 %: this model does not say why", new MoodExplanation("happy", 0.71f, []).ToString());
    }

    /// <summary>A spectrogram network of the tool is explained; descriptors that nobody trained on have no medians.</summary>
    [Fact]
    public void Models_that_cannot_be_taken_apart_have_no_parts()
    {
        using (var spectrogram = MoodPredictor.Load(tones.Model))
            Assert.Equal(5, spectrogram.Explain(ToneFiles.Wav(300)).Parts.Count);
        var ml = new MLContext(1);
        var rows = ml.Data.LoadFromEnumerable([new Row()]);
        var model = ml.Transforms.LoadAudio("Waveform", "Path")
            .Append(ml.Transforms.MusicDescriptors("Score", "Waveform", DescriptorGroups.ZeroCrossings)).Fit(rows);
        ml.Model.Save(model, rows.Schema, _folder.File("plain.zip"));
        using var predictor = MoodPredictor.Load(_folder.File("plain.zip"));
        var explanation = predictor.Explain(ToneFiles.Wav(300));
        Assert.Empty(explanation.Parts);
        Assert.Equal(predictor.Predict(ToneFiles.Wav(300)).Mood, explanation.Mood);
        Assert.Throws<AudioFormatException>(() => predictor.Explain(_folder.File("none.wav")));
    }

    private sealed class Row
    {
        public string Path { get; set; } = "";
    }

    private sealed class Described
    {
        public float[] Features { get; set; } = [];
    }
}
