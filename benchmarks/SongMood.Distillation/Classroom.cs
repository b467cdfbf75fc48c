using System.Diagnostics;
using System.Runtime.InteropServices;
using SongMood.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>Teaches the student, epoch by epoch, for a time; goes on from what an earlier run left.</summary>
internal sealed class Classroom
{
    private const int LessonsInBatch = 12;
    private const double LearningRate = 2e-3, WeightDecay = 1e-3;
    private const double LoudestTiltDb = 4, HighestFloorDb = 20;
    private const int MostFramesLate = 8; // 186 ms

    private readonly Lessons _lessons;
    private readonly string _checkpoint;
    private readonly string _network;
    private readonly string _log;
    private readonly List<Lesson> _read = [];
    private readonly List<Lesson> _composed = [];
    private readonly Student _student = new();
    private readonly Heads _heads;
    private readonly Random _random;
    private double _seconds; // of teaching, over all runs

    public Classroom(Lessons lessons, int clipCount, string folder, int seed)
    {
        manual_seed(seed);
        (_lessons, _random) = (lessons, new Random(seed));
        (_checkpoint, _network) = (Path.Combine(folder, "student.checkpoint"), Path.Combine(folder, "student.onnx"));
        _log = Path.Combine(folder, "progress.csv");
        Gather();
        if (_read.Count < clipCount)
            throw new InvalidOperationException(
                $"There are {_read.Count} lessons; the first {clipCount} are the clips themselves, without which nothing is measured. "
                + "Make them first.");
        _heads = new Heads(lessons.KeptBack.Learnt.Select(song => _read[song]));
        if (File.Exists(_checkpoint))
            _seconds = TaughtState.Read(_checkpoint, _student.state_dict(), _heads.state_dict());
        else
            File.WriteAllText(_log, "minutes,lessons,loss,R2 musicnn,R2 tags,R2 YAMNet,R2 compact,macro F1\n");
    }

    public void Teach(double hours, Examination examination, CancellationToken cancellation)
    {
        using var optimizer = optim.AdamW(_student.parameters().Concat(_heads.parameters()), LearningRate, weight_decay: WeightDecay);
        while (_seconds < hours * 3600 && !cancellation.IsCancellationRequested)
        {
            Gather();
            var watch = Stopwatch.StartNew();
            var before = _seconds;
            var order = Enumerable.Range(0, _read.Count).Except(_lessons.KeptBack.Held).Select(lesson => _read[lesson])
                .Concat(_composed).ToArray();
            _random.Shuffle(order);
            double sum = 0;
            var batches = 0;
            _student.train();
            foreach (var chosen in order.Chunk(LessonsInBatch).Where(batch => batch.Length == LessonsInBatch))
            {
                if (cancellation.IsCancellationRequested || _seconds >= hours * 3600)
                    break;
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = LearningRate * Share(_seconds / (hours * 3600));
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = _heads.Loss(_student.call(Blurred(Late(Patches(chosen)))), chosen);
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
                batches++;
                _seconds = before + watch.Elapsed.TotalSeconds;
            }
            TaughtState.Write(_checkpoint, _seconds, _student.state_dict(), _heads.state_dict());
            var results = examination.Take(_student, _heads, _read);
            var line = FormattableString.Invariant($"{_seconds / 60:f1},{order.Length},{sum / Math.Max(1, batches):f4},{results}");
            File.AppendAllText(_log, line + "\n");
            Console.WriteLine($"{DateTime.Now:HH:mm:ss} {line}");
        }
        if (!cancellation.IsCancellationRequested)
            AtomicFile.Write(_network, stream => stream.Write(_student.ToOnnx()));
    }

    /// <summary>(lessons x patches, bands, frames).</summary>
    public static Tensor Patches(IReadOnlyList<Lesson> lessons)
    {
        using var scope = NewDisposeScope();
        var halves = empty([lessons.Sum(lesson => lesson.PatchCount), StudentInput.BandCount, StudentInput.FrameCount], ScalarType.Float16);
        var bytes = halves.bytes; // straight into torch's memory: arrays of such a size would litter ours
        foreach (var lesson in lessons)
        {
            var patches = MemoryMarshal.AsBytes(lesson.Patches.AsSpan());
            patches.CopyTo(bytes);
            bytes = bytes[patches.Length..];
        }
        return halves.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Up over a twentieth of the time, then down along a cosine.</summary>
    private static double Share(double time) =>
        time < 0.05 ? 0.1 + 0.9 * time / 0.05 : 0.5 * (1 + Math.Cos(Math.PI * (time - 0.05) / 0.95)) + 1e-3;

    /// <summary>Begun some frames earlier or later, so that what is said does not hang on it; the lessons follow one another.</summary>
    private Tensor Late(Tensor patches)
    {
        var (rows, bands, frames) = (patches.size(0), patches.size(1), patches.size(2));
        return patches.transpose(0, 1).reshape(bands, rows * frames).roll(_random.Next(-MostFramesLate, MostFramesLate + 1), 1)
            .reshape(bands, rows, frames).transpose(0, 1);
    }

    /// <summary>
    /// What the answers do not follow, for each patch: a tilt of the spectrum, what an encoder at a low rate leaves out (the quiet, more
    /// so the higher), and a floor of noise.
    /// </summary>
    private static Tensor Blurred(Tensor patches)
    {
        var rows = patches.size(0);
        var height = linspace(0, 1, StudentInput.BandCount).reshape(1, -1, 1);
        patches += (rand(rows, 1, 1) * 2 - 1) * LoudestTiltDb * (2 * height - 1);
        var leftOutBelow = rand(rows, 1, 1) * 60 - 110 + rand(rows, 1, 1) * 40 * height.pow(2); // often nothing
        patches = where(patches < leftOutBelow, patches - rand(rows, 1, 1) * 30, patches);
        return maximum(patches, rand(rows, 1, 1) * HighestFloorDb - StudentInput.RangeDb);
    }

    private void Gather()
    {
        while (File.Exists(_lessons.PathOf(_read.Count)))
            _read.Add(Lesson.Read(_lessons.PathOf(_read.Count)));
        while (File.Exists(_lessons.PathOfComposed(_composed.Count)))
            _composed.Add(Lesson.Read(_lessons.PathOfComposed(_composed.Count)));
    }
}
