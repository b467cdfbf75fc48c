// Sound and words together: one model hears the song, one reads its lyrics, and the mean of what they say is the answer.
//     dotnet run --project samples/LyricsEnsemble -- out
// The songs are made up (MadeUpSongs.cs), so that neither member can know the mood alone: the figures say nothing about real lyrics.
using LyricsEnsemble;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms.Text;
using SongMood.Dsp.Descriptors;
using SongMood.Evaluation;
using SongMood.Learning;

if (args is not [var folder])
{
    Console.Error.WriteLine("usage: LyricsEnsemble FOLDER");
    return 2;
}
Directory.CreateDirectory(folder);
var ml = new MLContext(seed: 1);
var songs = MadeUpSongs.Write(folder);
var rows = ml.Data.LoadFromEnumerable(songs);

// 1. Every song is heard once.
var listen = ml.Transforms.Conversion.MapValueToKey("Label", "Mood")
    .Append(ml.Transforms.LoadAudio("Audio", "Path"))
    .Append(ml.Transforms.MusicDescriptors("Descriptors", "Audio",
        DescriptorGroups.Loudness | DescriptorGroups.Rhythm | DescriptorGroups.Spectrum))
    .Append(ml.Transforms.SelectColumns("Label", "Descriptors", "Lyrics", "Artist"))
    .Fit(rows);
var heard = ml.Data.Cache(listen.Transform(rows));

// 2. The members: any of ML.NET's trainers that gives probabilities. The lyrics count by which words they have.
LbfgsMaximumEntropyMulticlassTrainer Linear() => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
    new LbfgsMaximumEntropyMulticlassTrainer.Options { L1Regularization = 0, L2Regularization = 0.3f });
var ofSound = ml.Transforms.ConcatenateBlocks("Features", "Descriptors").Append(Linear());
var ofWords = ml.Transforms.Text.FeaturizeText("Features", new TextFeaturizingEstimator.Options
{
    WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 1 },
    CharFeatureExtractor = null,
}, "Lyrics").Append(Linear());

// 3. What each says of artists that it has not met, and what they say together.
var apart = new HeldOutOptions { GroupColumnName = "Artist" };
var bySound = HeldOut.CrossValidate(ml, heard, ofSound, folds: 4, apart);
var byWords = HeldOut.CrossValidate(ml, heard, ofWords, folds: 4, apart);
var together = bySound.WithProbabilities([.. bySound.Probabilities.Zip(byWords.Probabilities, Mean)]);
Console.WriteLine($"sound: accuracy {MoodMetrics.Compute(bySound).Accuracy:P0}");
Console.WriteLine($"words: accuracy {MoodMetrics.Compute(byWords).Accuracy:P0}");
Console.WriteLine($"together: accuracy {MoodMetrics.Compute(together).Accuracy:P0}");
var gain = PairedDifference.Compute(together, bySound);
Console.WriteLine($"gain over sound: {gain.Difference:P0} ({gain.Interval.Lower:P0} to {gain.Interval.Upper:P0})");

// 4. One file with both members in it, which mlContext.Model.Load reads.
var both = ofSound.Append(ml.Transforms.CopyColumns("BySound", "Score"))
    .Append(ofWords).Append(ml.Transforms.CopyColumns("ByWords", "Score")).Fit(heard);
var modelPath = Path.Combine(folder, "moods.zip");
ml.Model.Save(listen.Append(both), rows.Schema, modelPath);
using var engine = ml.Model.CreatePredictionEngine<Song, Answer>(ml.Model.Load(modelPath, out _));
var answer = engine.Predict(songs[0]);
var scores = Mean(answer.BySound, answer.ByWords).ToArray();
Console.WriteLine($"{Path.GetFileName(songs[0].Path)}: {bySound.Moods[Array.IndexOf(scores, scores.Max())]} (it was made {songs[0].Mood})");
return 0;

static IReadOnlyList<float> Mean(IReadOnlyList<float> first, IReadOnlyList<float> second) =>
    [.. first.Zip(second, (a, b) => (a + b) / 2)];
