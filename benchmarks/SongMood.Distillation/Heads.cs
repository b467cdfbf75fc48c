using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>
/// Reads the teachers' answers off the embedding, each by a linear layer. Answers are standardised over the clips that teach. musicnn and
/// YAMNet answer on patches, the compact network on the whole clip: there the mean over its patches is read.
/// </summary>
internal sealed class Heads : nn.Module
{
    private const double Most = 5; // deviations: an answer that is hardly ever given would outweigh all others where it is

    private readonly Linear _musicnn = nn.Linear(Student.EmbeddingSize, Teachers.MusicnnSize);
    private readonly Linear _tags = nn.Linear(Student.EmbeddingSize, Teachers.TagCount);
    private readonly Linear _yamnet = nn.Linear(Student.EmbeddingSize, Teachers.YamnetSize);
    private readonly Linear _compact = nn.Linear(Student.EmbeddingSize, Teachers.CompactSize);
    private readonly (Tensor Mean, Tensor Scale)[] _standards;

    public Heads(IEnumerable<Lesson> clips) : base(nameof(Heads))
    {
        var all = clips.ToArray();
        _standards = [.. Enumerable.Range(0, Names.Length).Select(teacher =>
        {
            using var scope = NewDisposeScope();
            var answers = Answers(all, teacher);
            var mean = answers.mean([0L]);
            var deviation = answers.std(0, unbiased: false);
            // An answer that hardly ever differs teaches nothing; its noise would be blown up.
            var scale = where(deviation > 0.05f * deviation.mean(), 1 / deviation, zeros_like(deviation));
            return (mean.MoveToOuterDisposeScope(), scale.MoveToOuterDisposeScope());
        })];
        RegisterComponents();
    }

    public static string[] Names { get; } = ["musicnn", "tags", "YAMNet", "compact"];

    /// <summary>The mean squared error of each, of standardised answers, summed.</summary>
    public Tensor Loss(Tensor embeddings, IReadOnlyList<Lesson> lessons)
    {
        var heard = HeardRows(lessons);
        var rows = embeddings[heard];
        return Error(_musicnn.call(rows), lessons, 0) + 0.5 * Error(_tags.call(rows), lessons, 1)
            + Error(_yamnet.call(embeddings), lessons, 2) + Error(_compact.call(ClipMeans(embeddings, lessons)), lessons, 3);
    }

    /// <summary>What the heads say of whole clips, and what the teachers say, standardised.</summary>
    public (Tensor Said, Tensor Right) OfClips(Tensor clipEmbeddings, IReadOnlyList<Lesson> clips, int teacher)
    {
        var said = ((Linear[])[_musicnn, _tags, _yamnet, _compact])[teacher].call(clipEmbeddings);
        return (said, stack([.. clips.Select(clip => Standard(Answers([clip], teacher), teacher).clamp(-Most, Most).mean([0L]))]));
    }

    public static Tensor ClipMeans(Tensor embeddings, IReadOnlyList<Lesson> lessons)
    {
        var means = new List<Tensor>();
        var row = 0;
        foreach (var lesson in lessons)
        {
            means.Add(embeddings.narrow(0, row, lesson.PatchCount).mean([0L]));
            row += lesson.PatchCount;
        }
        return stack(means);
    }

    private static Tensor HeardRows(IReadOnlyList<Lesson> lessons)
    {
        var rows = new List<long>();
        var first = 0;
        foreach (var lesson in lessons)
        {
            rows.AddRange(lesson.MusicnnPatches.Select(patch => (long)(first + patch)));
            first += lesson.PatchCount;
        }
        return tensor(rows.ToArray());
    }

    private static Tensor Answers(IReadOnlyList<Lesson> lessons, int teacher)
    {
        (Func<Lesson, Half[]> choose, int size) = teacher switch
        {
            0 => ((Func<Lesson, Half[]>)(lesson => lesson.Musicnn), Teachers.MusicnnSize),
            1 => (lesson => lesson.Tags, Teachers.TagCount),
            2 => (lesson => lesson.Yamnet, Teachers.YamnetSize),
            _ => (lesson => lesson.Compact, Teachers.CompactSize),
        };
        return tensor(lessons.SelectMany(choose).ToArray()).to(ScalarType.Float32).reshape(-1, size);
    }

    private Tensor Standard(Tensor answers, int teacher) => (answers - _standards[teacher].Mean) * _standards[teacher].Scale;

    private Tensor Error(Tensor said, IReadOnlyList<Lesson> lessons, int teacher) =>
        nn.functional.mse_loss(said, Standard(Answers(lessons, teacher), teacher).clamp(-Most, Most));
}
