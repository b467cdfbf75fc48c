using System.Numerics.Tensors;
using BringYourEmbedding;
using BringYourEmbedding.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using SongMood.Transforms;

namespace SongMood.Distillation;

/// <summary>
/// What the three public networks say of a clip, each by its front end. Not thread-safe. Where a patch of the student begins, so does one
/// of musicnn's and the first of YAMNet's three, each within half a hop.
/// </summary>
internal sealed class Teachers : IDisposable
{
    public const int MusicnnSize = 200;
    public const int TagCount = 50;
    public const int YamnetSize = 1024;
    public const int CompactSize = 160;

    private const int YamnetPatches = 3; // of 0.96 s, in one of the student's of 2.97 s

    private readonly InferenceSession _musicnn;
    private readonly InferenceSession _yamnet;
    private readonly InferenceSession _compact;
    private readonly PredictionEngine<Clip, Heard> _frontEnds;

    public Teachers(string folder)
    {
        (_musicnn, _yamnet, _compact) = (Open("musicnn"), Open("yamnet"), Open("compact"));
        var ml = new MLContext();
        IEstimator<ITransformer> steps = ml.Transforms.ResampleAudio(nameof(Clip.Audio), null, new ResampleAudioOptions
        {
            FromSampleRate = StudentInput.SampleRate,
            SampleRate = StudentInput.SampleRate, // a column of one's own says nothing of its rate
        });
        foreach (var teacher in Teacher.All)
            steps = steps.Append(ml.Transforms.LogMelSpectrogram(teacher.Name, nameof(Clip.Audio), teacher.FrontEnd));
        _frontEnds = ml.Model.CreatePredictionEngine<Clip, Heard>(steps.Fit(ml.Data.LoadFromEnumerable<Clip>([])));

        InferenceSession Open(string name)
        {
            var teacher = Teacher.All.Single(teacher => teacher.Name == name);
            using var numbers = new NumpyArchive(Path.Combine(folder, teacher.File));
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            return new InferenceSession(teacher.Build(numbers), options);
        }
    }

    /// <summary>What they say of a clip's patches; musicnn, the costly one, only of some of them.</summary>
    public Answers Hear(float[] at22050Hz, int patchCount, double patchSeconds, ReadOnlySpan<int> musicnnPatches)
    {
        var heard = _frontEnds.Predict(new Clip { Audio = at22050Hz });
        var musicnnStarts = new int[musicnnPatches.Length];
        for (var i = 0; i < musicnnStarts.Length; i++)
            musicnnStarts[i] = (int)Math.Round(musicnnPatches[i] * patchSeconds * 16000 / 256);
        var musicnn = Run(_musicnn, "patches", Cut(heard.Musicnn, musicnnStarts, MusicnnGraph.FrameCount, MusicnnGraph.BandCount),
            [musicnnStarts.Length, MusicnnGraph.FrameCount, MusicnnGraph.BandCount], "embedding", "logits");

        var yamnetStarts = new int[patchCount * YamnetPatches];
        for (var i = 0; i < yamnetStarts.Length; i++)
            yamnetStarts[i] = (int)Math.Round(i / YamnetPatches * patchSeconds * 100) + i % YamnetPatches * YamnetGraph.FrameCount;
        var each = Run(_yamnet, "patches", Cut(heard.Yamnet, yamnetStarts, YamnetGraph.FrameCount, YamnetGraph.BandCount),
            [yamnetStarts.Length, YamnetGraph.FrameCount, YamnetGraph.BandCount], "embedding")[0];
        var yamnet = new float[patchCount * YamnetSize];
        for (var i = 0; i < yamnetStarts.Length; i++)
        {
            var sum = yamnet.AsSpan(i / YamnetPatches * YamnetSize, YamnetSize);
            TensorPrimitives.MultiplyAdd(each.AsSpan(i * YamnetSize, YamnetSize), 1f / YamnetPatches, sum, sum);
        }

        var compact = Run(_compact, "clips", heard.Compact, [1, CompactCnnGraph.BandCount, CompactCnnGraph.FrameCount], "embedding")[0];
        return new Answers(musicnnPatches.ToArray(), musicnn[0], musicnn[1], yamnet, compact);
    }

    public void Dispose()
    {
        _musicnn.Dispose();
        _yamnet.Dispose();
        _compact.Dispose();
        _frontEnds.Dispose();
    }

    /// <summary>Patches (frames, bands) of a spectrogram (bands, frames).</summary>
    private static float[] Cut(float[] spectrogram, ReadOnlySpan<int> starts, int frameCount, int bandCount)
    {
        var allFrames = spectrogram.Length / bandCount;
        var patches = new float[starts.Length * frameCount * bandCount];
        for (var i = 0; i < starts.Length; i++)
            for (var band = 0; band < bandCount; band++)
                for (var frame = 0; frame < frameCount; frame++)
                    patches[(i * frameCount + frame) * bandCount + band] = spectrogram[band * allFrames + starts[i] + frame];
        return patches;
    }

    private static float[][] Run(InferenceSession session, string input, float[] values, long[] shape, params string[] outputs)
    {
        using var tensor = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, [input], [tensor], outputs);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    private sealed class Clip
    {
        public float[] Audio { get; set; } = [];
    }

    /// <summary>What each front end makes of it, (bands, frames), by the teachers' names.</summary>
    private sealed class Heard
    {
        [ColumnName("musicnn")]
        public float[] Musicnn { get; set; } = [];

        [ColumnName("yamnet")]
        public float[] Yamnet { get; set; } = [];

        [ColumnName("compact")]
        public float[] Compact { get; set; } = [];
    }
}

/// <summary>
/// What the teachers say of one clip: a row for each patch of the student, musicnn's only for those that it heard.
/// </summary>
internal sealed record Answers(int[] MusicnnPatches, float[] Musicnn, float[] Tags, float[] Yamnet, float[] Compact);
