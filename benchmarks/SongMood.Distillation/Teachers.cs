using System.Numerics.Tensors;
using BringYourEmbedding.Networks;
using Microsoft.ML.OnnxRuntime;
using SongMood.Dsp;

namespace SongMood.Distillation;

/// <summary>
/// What the three public networks say of a clip. Not thread-safe. Where a patch of the student begins, so does one of musicnn's and the
/// first of YAMNet's three, each within half a hop.
/// </summary>
internal sealed class Teachers : IDisposable
{
    public const int MusicnnSize = 200;
    public const int TagCount = 50;
    public const int YamnetSize = 1024;
    public const int CompactSize = 160;

    private const int YamnetPatches = 3; // of 0.96 s, in one of the student's of 2.97 s
    private const double CompactSeconds = 29;

    private readonly InferenceSession _musicnn;
    private readonly InferenceSession _yamnet;
    private readonly InferenceSession _compact;
    private readonly MelSpectrogram _musicnnMel = new(new MelSpectrogramOptions
    {
        SampleRate = 16000,
        FftLength = 512,
        HopLength = 256,
        BandCount = MusicnnGraph.BandCount,
        MaxHz = 8000,
    });
    private readonly Spectrogram _yamnetSpectrogram = new(new SpectrogramOptions
    {
        FftLength = 512,
        WindowLength = 400,
        HopLength = 160,
        Center = false,
        Power = 1,
    });
    private readonly float[] _yamnetWeights; // bins by bands: triangles that are straight over mel, where librosa's are straight over Hz
    private readonly MelSpectrogram _compactMel = new(new MelSpectrogramOptions
    {
        SampleRate = 12000,
        FftLength = 512,
        HopLength = 256,
        Center = false,
        BandCount = CompactCnnGraph.BandCount,
    });

    public Teachers(string folder)
    {
        _musicnn = Open("musicnn_msd.npz", MusicnnGraph.Build);
        _yamnet = Open("yamnet.npz", YamnetGraph.Build);
        using (var numbers = new NumpyArchive(Path.Combine(folder, "yamnet.npz")))
            _yamnetWeights = numbers.Values("mel.weights");
        _compact = Open("compact_cnn.npz", CompactCnnGraph.Build);

        InferenceSession Open(string file, Func<NumpyArchive, byte[]> build)
        {
            using var numbers = new NumpyArchive(Path.Combine(folder, file));
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            return new InferenceSession(build(numbers), options);
        }
    }

    /// <summary>Frames by bands of 16 kHz samples.</summary>
    public float[] MusicnnFrames(ReadOnlySpan<float> at16kHz)
    {
        var frames = Transposed(_musicnnMel, at16kHz);
        TensorPrimitives.Multiply(frames, 10000, frames);
        TensorPrimitives.Add(frames, 1, frames);
        TensorPrimitives.Log10(frames, frames);
        return frames;
    }

    /// <summary>Frames by bands. Our window lies in the middle of the 512 samples of a frame, TensorFlow's at their start.</summary>
    public float[] YamnetFrames(ReadOnlySpan<float> at16kHz)
    {
        var padded = new float[at16kHz.Length + 112];
        at16kHz.CopyTo(padded.AsSpan(56));
        var frameCount = _yamnetSpectrogram.FrameCount(padded.Length);
        var bins = new float[257 * frameCount];
        _yamnetSpectrogram.Compute(padded, bins);
        var frames = new float[frameCount * YamnetGraph.BandCount];
        for (var bin = 0; bin < 257; bin++)
            for (var band = 0; band < YamnetGraph.BandCount; band++)
                if (_yamnetWeights[bin * YamnetGraph.BandCount + band] is > 0 and var weight)
                    for (var frame = 0; frame < frameCount; frame++)
                        frames[frame * YamnetGraph.BandCount + band] += weight * bins[bin * frameCount + frame];
        TensorPrimitives.Add(frames, 0.001f, frames);
        TensorPrimitives.Log(frames, frames);
        return frames;
    }

    /// <summary>Bands by frames of the first 29 s of 12 kHz samples.</summary>
    public float[] CompactBands(ReadOnlySpan<float> at12kHz)
    {
        var padded = new float[(int)(CompactSeconds * 12000) + 512];
        at12kHz[..Math.Min(at12kHz.Length, padded.Length - 512)].CopyTo(padded.AsSpan(256));
        var bands = new float[CompactCnnGraph.BandCount * _compactMel.FrameCount(padded.Length)];
        _compactMel.Compute(padded, bands);
        Decibels.FromPower(bands, bands, new DecibelOptions { ReferenceIsMax = true, TopDb = 80 });
        return bands;
    }

    /// <summary>Embedding (200) and logits of the tags (50) of patches that begin at these frames of 256 samples.</summary>
    public (float[] Embedding, float[] Logits) Musicnn(float[] frames, ReadOnlySpan<int> starts)
    {
        var patches = Cut(frames, starts, MusicnnGraph.FrameCount, MusicnnGraph.BandCount);
        var results = Run(_musicnn, "patches", patches, [starts.Length, MusicnnGraph.FrameCount, MusicnnGraph.BandCount],
            "embedding", "logits");
        return (results[0], results[1]);
    }

    /// <summary>Embeddings (1,024) of patches that begin at these frames of 160 samples.</summary>
    public float[] Yamnet(float[] frames, ReadOnlySpan<int> starts) => Run(_yamnet, "patches",
        Cut(frames, starts, YamnetGraph.FrameCount, YamnetGraph.BandCount),
        [starts.Length, YamnetGraph.FrameCount, YamnetGraph.BandCount], "embedding")[0];

    public float[] Compact(float[] bands) =>
        Run(_compact, "clips", bands, [1, CompactCnnGraph.BandCount, CompactCnnGraph.FrameCount], "embedding")[0];

    /// <summary>What they say of a clip's patches; musicnn, the costly one, only of some of them.</summary>
    public Answers Hear(ReadOnlySpan<float> at22050Hz, int patchCount, double patchSeconds, ReadOnlySpan<int> musicnnPatches)
    {
        var at16kHz = Resampler.Resample(at22050Hz, 22050, 16000);
        var musicnnStarts = new int[musicnnPatches.Length];
        for (var i = 0; i < musicnnStarts.Length; i++)
            musicnnStarts[i] = (int)Math.Round(musicnnPatches[i] * patchSeconds * 16000 / 256);
        var (embedding, logits) = Musicnn(MusicnnFrames(at16kHz), musicnnStarts);

        var yamnetStarts = new int[patchCount * YamnetPatches];
        for (var i = 0; i < yamnetStarts.Length; i++)
            yamnetStarts[i] = (int)Math.Round(i / YamnetPatches * patchSeconds * 100) + i % YamnetPatches * YamnetGraph.FrameCount;
        var each = Yamnet(YamnetFrames(at16kHz), yamnetStarts);
        var yamnet = new float[patchCount * YamnetSize];
        for (var i = 0; i < yamnetStarts.Length; i++)
        {
            var sum = yamnet.AsSpan(i / YamnetPatches * YamnetSize, YamnetSize);
            TensorPrimitives.MultiplyAdd(each.AsSpan(i * YamnetSize, YamnetSize), 1f / YamnetPatches, sum, sum);
        }
        return new Answers(musicnnPatches.ToArray(), embedding, logits, yamnet,
            Compact(CompactBands(Resampler.Resample(at22050Hz, 22050, 12000))));
    }

    public void Dispose()
    {
        _musicnn.Dispose();
        _yamnet.Dispose();
        _compact.Dispose();
    }

    private static float[] Transposed(MelSpectrogram mel, ReadOnlySpan<float> samples)
    {
        var (bandCount, frameCount) = (mel.BandCount, mel.FrameCount(samples.Length));
        var bands = new float[bandCount * frameCount];
        mel.Compute(samples, bands);
        var frames = new float[bands.Length];
        for (var band = 0; band < bandCount; band++)
            for (var frame = 0; frame < frameCount; frame++)
                frames[frame * bandCount + band] = bands[band * frameCount + frame];
        return frames;
    }

    private static float[] Cut(float[] frames, ReadOnlySpan<int> starts, int frameCount, int bandCount)
    {
        var patches = new float[starts.Length * frameCount * bandCount];
        for (var i = 0; i < starts.Length; i++)
            frames.AsSpan(starts[i] * bandCount, frameCount * bandCount).CopyTo(patches.AsSpan(i * frameCount * bandCount));
        return patches;
    }

    private static float[][] Run(InferenceSession session, string input, float[] values, long[] shape, params string[] outputs)
    {
        using var tensor = OrtValue.CreateTensorValueFromMemory(values, shape);
        using var options = new RunOptions();
        using var results = session.Run(options, [input], [tensor], outputs);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }
}

/// <summary>
/// What the teachers say of one clip: a row for each patch of the student, musicnn's only for those that it heard.
/// </summary>
internal sealed record Answers(int[] MusicnnPatches, float[] Musicnn, float[] Tags, float[] Yamnet, float[] Compact);
