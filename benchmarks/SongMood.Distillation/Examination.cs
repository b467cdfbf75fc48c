using Microsoft.ML;
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
internal sealed class Examination(LabelledSongs songs, HeldOutPart keptBack)
{
    public string Take(Student student, Heads heads, IReadOnlyList<Lesson> lessons)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        student.eval();
        var clips = lessons.Take(songs.Songs.Count).ToArray();
        var embeddings = cat([.. clips.Chunk(20).Select(part => Heads.ClipMeans(student.call(Classroom.Patches(part)), part))]);
        var rows = embeddings[tensor(keptBack.Held.Select(song => (long)song).ToArray())];
        var kept = keptBack.Held.Select(song => clips[song]).ToArray();
        var scores = Enumerable.Range(0, Heads.Names.Length).Select(teacher =>
        {
            var (said, right) = heads.OfClips(rows, kept, teacher);
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
        var clips = Enumerable.Range(0, songs.Songs.Count).Select(song => Lesson.Read(lessons.PathOf(song))).ToArray();
        (string Name, Func<Lesson, Half[]> Answers, int Size)[] teachers = [("musicnn", lesson => lesson.Musicnn, Teachers.MusicnnSize),
            ("YAMNet", lesson => lesson.Yamnet, Teachers.YamnetSize), ("compact", lesson => lesson.Compact, Teachers.CompactSize)];
        return string.Join(", ", teachers.Select(teacher => FormattableString.Invariant(
            $"{teacher.Name} {LinearHead([.. clips.Select(clip => Mean(teacher.Answers(clip), teacher.Size))]):f3}")));
    }

    /// <summary>Macro F1 on the artists kept back.</summary>
    private double LinearHead(float[][] features)
    {
        var ml = new MLContext(1);
        var table = FeatureTable.OfVectors(songs, features);
        var head = ml.Transforms.NormalizeMeanVariance(LearningRecipe.FeatureColumn, fixZero: false)
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = 0,
                L2Regularization = 30,
                NumberOfThreads = 1,
            }));
        var scores = HeldOut.FitAndScore(keptBack, head, Rows, Rows);
        int[] actual = [.. keptBack.Held.Select(song => songs.MoodIndices[song])];
        return MoodMetrics.Compute(new Predictions(songs.Moods, actual, scores)).MacroF1;

        IDataView Rows(IReadOnlyList<int> rows) => table.View(ml, rows);
    }

    private static float[] Mean(Half[] rows, int size)
    {
        var mean = new float[size];
        for (var i = 0; i < rows.Length; i++)
            mean[i % size] += (float)rows[i] * size / rows.Length;
        return mean;
    }
}
