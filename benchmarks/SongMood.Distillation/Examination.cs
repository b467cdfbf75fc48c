using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using SongMood.Evaluation;
using SongMood.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>
/// What the student is worth on the artists that never taught: how much of the teachers' answers on whole clips it explains (R2 over
/// all answers together), and the macro F1 of a linear head on its embedding, learnt from the labels of the clips that taught.
/// </summary>
internal sealed class Examination(LabelledSongs songs, bool[] isKeptBack)
{
    public string Take(Student student, Heads heads, IReadOnlyDictionary<int, Lesson> lessons)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        student.eval();
        var clips = Enumerable.Range(0, isKeptBack.Length).Select(song => lessons[song]).ToArray();
        var embeddings = cat([.. clips.Chunk(20).Select(part => Heads.ClipMeans(student.call(Classroom.Patches(part)), part))]);
        var kept = Enumerable.Range(0, clips.Length).Where(song => isKeptBack[song]).ToArray();
        var rows = embeddings[tensor(kept.Select(song => (long)song).ToArray())];
        var scores = Enumerable.Range(0, Heads.Names.Length).Select(teacher =>
        {
            var (said, right) = heads.OfClips(rows, [.. kept.Select(song => clips[song])], teacher);
            var total = (right - right.mean([0L])).pow(2).sum();
            return 1 - ((said - right).pow(2).sum() / total).item<float>();
        }).ToArray();
        var size = (int)embeddings.size(1);
        var values = embeddings.contiguous().data<float>().ToArray();
        var macroF1 = LinearHead([.. Enumerable.Range(0, clips.Length).Select(i => values[(i * size)..((i + 1) * size)])]);
        return string.Join(",", scores.Append((float)macroF1).Select(score => FormattableString.Invariant($"{score:f3}")));
    }

    /// <summary>What the teachers' own embeddings are worth by the same measure.</summary>
    public string OfTeachers(Lessons lessons)
    {
        var clips = Enumerable.Range(0, isKeptBack.Length).Select(song => Lesson.Read(lessons.PathOf(song))).ToArray();
        (string Name, Func<Lesson, Half[]> Answers, int Size)[] teachers = [("musicnn", lesson => lesson.Musicnn, Teachers.MusicnnSize),
            ("YAMNet", lesson => lesson.Yamnet, Teachers.YamnetSize), ("compact", lesson => lesson.Compact, Teachers.CompactSize)];
        return string.Join(", ", teachers.Select(teacher => FormattableString.Invariant(
            $"{teacher.Name} {LinearHead([.. clips.Select(clip => Mean(teacher.Answers(clip), teacher.Size))]):f3}")));
    }

    /// <summary>Macro F1 on the artists kept back.</summary>
    private double LinearHead(float[][] features)
    {
        var ml = new MLContext(1);
        var rows = features.Select((values, song) => new Row { Features = values, Label = songs.Songs[song].Mood }).ToArray();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        var taught = ml.Data.LoadFromEnumerable(rows.Where((_, song) => !isKeptBack[song]), schema);
        var kept = ml.Data.LoadFromEnumerable(rows.Where((_, song) => isKeptBack[song]), schema);
        var model = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = 0,
                L2Regularization = 30,
                NumberOfThreads = 1,
            })).Fit(taught);
        var metrics = ml.MulticlassClassification.Evaluate(model.Transform(kept));
        var matrix = metrics.ConfusionMatrix;
        return matrix.PerClassPrecision.Zip(matrix.PerClassRecall)
            .Average(mood => 2 * mood.First * mood.Second / Math.Max(1e-9, mood.First + mood.Second));
    }

    private static float[] Mean(Half[] rows, int size)
    {
        var mean = new float[size];
        for (var i = 0; i < rows.Length; i++)
            mean[i % size] += (float)rows[i] * size / rows.Length;
        return mean;
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
