using System.Diagnostics;
using System.Runtime.InteropServices;
using SongMood.Scoring;
using SongMood.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Distillation;

/// <summary>
/// Teaches a taught student to say of music behind an encoder what it said of the plain music before, and of plain music the same as
/// before. Its own answers are the teacher, so that what was learnt stays; goes on from what an earlier run left.
/// </summary>
internal sealed class Steadying
{
    private const int PiecesInBatch = 8;
    private const double LearningRate = 7e-4;
    private const int RoundsToExamination = 8; // it takes as long as a round
    private const double OfWholePieces = 8; // what a piece's mean is off by counts more: it is what a mood is read off

    private readonly Encodings _encodings;
    private readonly double _rangeDb;
    private readonly string _checkpoint, _network, _log;
    private readonly List<Hearings> _read = [];
    private readonly Student _student = new(), _before = new();
    private readonly Random _random;
    private Tensor? _even;
    private double _seconds; // of teaching, over all runs

    /// <summary>The network to begin with is an ONNX file that <see cref="Student.ToOnnx"/> wrote.</summary>
    /// <param name="rangeDb">How far down from a piece's loudest it hears while it learns.</param>
    public Steadying(Encodings encodings, byte[] network, string folder, double rangeDb, int seed)
    {
        (_encodings, _rangeDb, _random) = (encodings, rangeDb, new Random(seed));
        (_checkpoint, _network) = (Path.Combine(folder, "steady.checkpoint"), Path.Combine(folder, "steady.onnx"));
        _log = Path.Combine(folder, "steady.csv");
        var weights = new OnnxWeights(network);
        foreach (var student in (Student[])[_student, _before])
            SetWeights(student, weights);
        if (File.Exists(_checkpoint))
            _seconds = TaughtState.Read(_checkpoint, _student.state_dict());
        else
            File.WriteAllText(_log, "minutes,pieces,loss," + SteadyExamination.Header + "\n");
    }

    public void Teach(double hours, int clipCount, SteadyExamination examination, IReadOnlyCollection<int> held,
        CancellationToken cancellation)
    {
        Gather();
        if (_read.Count < clipCount)
            throw new InvalidOperationException(
                $"There are {_read.Count} hearings; the first {clipCount} are of the clips themselves. Make them first.");
        _even = Even(Enumerable.Range(0, clipCount).Except(held).Select(clip => _read[clip]));
        Report(0, double.NaN);
        // Means and deviations of its layers stay those that it was taught with: it is to change little.
        _student.eval();
        using var optimizer = optim.Adam(_student.parameters(), LearningRate);
        for (var round = 1; _seconds < hours * 3600 && !cancellation.IsCancellationRequested; round++)
        {
            Gather();
            var watch = Stopwatch.StartNew();
            var before = _seconds;
            var order = Enumerable.Range(0, _read.Count).Except(held).Select(piece => _read[piece]).ToArray();
            _random.Shuffle(order);
            var (sum, batches) = (0.0, 0);
            foreach (var pieces in order.Chunk(PiecesInBatch).Where(batch => batch.Length == PiecesInBatch))
            {
                if (cancellation.IsCancellationRequested || _seconds >= hours * 3600)
                    break;
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = LearningRate * Share(_seconds / (hours * 3600));
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = Loss(pieces);
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
                batches++;
                _seconds = before + watch.Elapsed.TotalSeconds;
            }
            TaughtState.Write(_checkpoint, _seconds, _student.state_dict());
            if (round % RoundsToExamination == 0 || _seconds >= hours * 3600)
                Report(order.Length, sum / Math.Max(1, batches));
        }
        AtomicFile.Write(_network, stream => stream.Write(_student.ToOnnx()));

        void Report(int pieces, double loss)
        {
            var line = FormattableString.Invariant($"{_seconds / 60:f1},{pieces},{loss:f5},{examination.Take(_student, _read)}");
            File.AppendAllText(_log, line + "\n");
            Console.WriteLine($"{DateTime.Now:HH:mm:ss} {line}");
        }
    }

    /// <summary>All that fit, as heard down to a range below the loudest: (patches, bands, frames).</summary>
    public static Tensor Patches(Half[] spectrogram, int hop, double rangeDb) =>
        Patches([spectrogram], 0, hop, Hearings.PatchCount(spectrogram.Length / StudentInput.BandCount, 0, hop), rangeDb);

    /// <summary>As many of each: (pieces x patches, bands, frames).</summary>
    private static Tensor Patches(Half[][] spectrograms, int firstFrame, int hop, int patchCount, double rangeDb)
    {
        using var scope = NewDisposeScope();
        var halves = empty([spectrograms.Length * patchCount, StudentInput.BandCount, StudentInput.FrameCount], ScalarType.Float16);
        var values = MemoryMarshal.Cast<byte, Half>(halves.bytes);
        for (var i = 0; i < spectrograms.Length; i++)
            Hearings.CutPatches(spectrograms[i], firstFrame, hop, patchCount, values[(i * patchCount * StudentInput.PatchSize)..]);
        return halves.to(ScalarType.Float32).clamp_min(-rangeDb).MoveToOuterDisposeScope();
    }

    /// <summary>Squared distances from what was said of the plain patches, as shares of how much that differs.</summary>
    private Tensor Loss(Hearings[] pieces)
    {
        var first = _random.Next(StudentInput.FrameCount);
        var patchCount = pieces.Min(piece => Hearings.PatchCount(piece.FrameCount, first, StudentInput.FrameCount));
        var plain = Patches([.. pieces.Select(piece => piece.Plain)], first, StudentInput.FrameCount, patchCount, _rangeDb);
        var encoded = Patches([.. pieces.Select(piece => piece.Encoded[_random.Next(piece.Encoded.Length)])], first,
            StudentInput.FrameCount, patchCount, _rangeDb);
        Tensor right;
        using (no_grad())
            right = _before.call(plain);
        right = right.matmul(_even!);
        var ofPlain = _student.call(plain).matmul(_even!) - right;
        var ofEncoded = _student.call(encoded).matmul(_even!) - right;
        var (ofPatches, ofMeans) = (Spread(right), Spread(Means(right)));
        return (Squares(ofPlain) + Squares(ofEncoded)) / ofPatches
            + OfWholePieces * (Squares(Means(ofPlain)) + Squares(Means(ofEncoded))) / ofMeans;

        Tensor Means(Tensor rows) => rows.reshape(pieces.Length, patchCount, -1).mean([1L]);
    }

    /// <summary>Up over a fiftieth of the time, then down along a cosine.</summary>
    private static double Share(double time) => Math.Min(1, 0.02 + time * 50) * (0.5 * (1 + Math.Cos(Math.PI * time)) + 1e-3);

    /// <summary>
    /// To directions in which clips differ about equally: a mood is read off those in which they differ little as well, where an encoder's
    /// doing would otherwise hardly count. What lies far below the mean is left small, as the linear model's penalty leaves it.
    /// </summary>
    private Tensor Even(IEnumerable<Hearings> clips)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var rows = stack([.. clips.Select(clip => _before.call(Patches(clip.Plain, StudentInput.FrameCount, _rangeDb)).mean([0L]))]);
        rows -= rows.mean([0L], keepdim: true);
        var (variances, directions) = linalg.eigh(rows.t().matmul(rows) / rows.size(0));
        return (directions / (variances + variances.mean() / 2).sqrt()).MoveToOuterDisposeScope();
    }

    private static Tensor Squares(Tensor rows) => rows.pow(2).sum(1).mean();

    private static Tensor Spread(Tensor rows) => Squares(rows - rows.mean([0L], keepdim: true));

    private static void SetWeights(Student student, OnnxWeights weights)
    {
        using var noGradients = no_grad();
        foreach (var (name, value) in student.state_dict())
        {
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
                continue;
            if (!weights.TryGet(name, out var dimensions, out var values) || !dimensions.SequenceEqual(value.shape))
                throw new InvalidDataException($"The network has no weights {name} ({string.Join(" x ", value.shape)}): it is no student.");
            value.copy_(tensor(values, dimensions));
        }
        student.eval();
    }

    private void Gather()
    {
        while (File.Exists(_encodings.PathOf(_read.Count)))
            _read.Add(Hearings.Read(_encodings.PathOf(_read.Count)));
    }
}
