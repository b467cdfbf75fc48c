using BringYourEmbedding.Networks;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.TestSupport;
using SongMood.Transforms;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>
/// The front ends of public networks against golden values, which come of the first 7 s of <c>samples/audio/happy-1.mp3</c>, decoded to
/// 16 and 12 kHz by ffmpeg.
/// </summary>
public sealed class MelFrontEndTests
{
    private readonly MLContext _ml = new();

    private static NumpyArchive Golden() => new(TestData.Require("teachers", "golden.npz"));

    // Its golden values went through half precision.
    [Fact]
    public void Musicnn_agrees_with_its_golden_patch() => AssertPatch(MelFrontEnd.Musicnn, "waveform16000", "musicnn.patch0", 5e-4);

    [Fact]
    public void Yamnet_agrees_with_its_golden_patch() => AssertPatch(MelFrontEnd.Yamnet, "waveform16000", "yamnet.patch0", 1e-4);

    [Fact]
    public void The_compact_network_agrees_with_its_golden_clip()
    {
        using var golden = Golden();
        var (expected, shape) = golden.Array("compact.input"); // bands, frames
        Assert.Equal([96, 1360], shape);
        var actual = Compute(MelFrontEnd.CompactCnn, golden.Values("waveform12000"));
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 2e-4);
    }

    /// <summary>
    /// From the MP3 on, by our decoder and two resamplers, the second one after the first. What they and ffmpeg's make of the top of the
    /// spectrum, where each filter falls in its own way, is left out: the highest twelfth of the bands. ffmpeg weighs each of two channels
    /// by the root of a half when it mixes them as floats, where ours is their mean.
    /// </summary>
    [Fact]
    public void From_the_MP3_on_by_way_of_22050_Hz_the_values_are_the_same_below_the_filters_edges()
    {
        using var golden = Golden();
        var song = AudioFile.Read(Path.Combine(TestData.RepositoryRoot, "samples", "audio", "happy-1.mp3"),
            new AudioReadOptions { Mono = true, SampleRate = 22_050, Duration = TimeSpan.FromSeconds(7) });
        var data = _ml.Vectors([0], [.. song.Channel(0).ToArray().Select(sample => sample * MathF.Sqrt(2))]);
        var rows = _ml.Transforms.ResampleAudio("Audio", "In", new ResampleAudioOptions { FromSampleRate = 22_050 })
            .Append(_ml.Transforms.LogMelSpectrogram("Musicnn", "Audio", MelFrontEnd.Musicnn))
            .Append(_ml.Transforms.LogMelSpectrogram("Yamnet", "Audio", MelFrontEnd.Yamnet))
            .Append(_ml.Transforms.LogMelSpectrogram("Compact", "Audio", MelFrontEnd.CompactCnn)).Fit(data).Transform(data);
        AssertClose(golden.Array("musicnn.patch0"), false, rows.Read("Musicnn")[0], 96, mean: 2e-3, worst: 0.1);
        AssertClose(golden.Array("yamnet.patch0"), false, rows.Read("Yamnet")[0], 64, mean: 2e-3, worst: 0.1);
        AssertClose(golden.Array("compact.input"), true, rows.Read("Compact")[0], 96, mean: 0.05, worst: 3);

        static void AssertClose((float[] Values, int[] Shape) golden, bool bandsFirst, float[] actual, int bandCount, double mean,
            double worst)
        {
            var frameCount = bandsFirst ? golden.Shape[1] : golden.Shape[0];
            var allFrames = actual.Length / bandCount;
            var differences = (
                from band in Enumerable.Range(0, bandCount - bandCount / 12)
                from frame in Enumerable.Range(0, frameCount)
                select Math.Abs(actual[band * allFrames + frame]
                    - golden.Values[bandsFirst ? band * frameCount + frame : frame * bandCount + band])).ToArray();
            Assert.True(differences.Average() <= mean && differences.Max() <= worst,
                $"{bandCount} bands: {differences.Average()} on average, {differences.Max()} at worst");
        }
    }

    [Fact]
    public void A_song_is_decoded_once_for_all_front_ends()
    {
        var counter = new CountingDecoder();
        var load = new LoadAudioOptions { Decoders = [counter] };
        var data = _ml.Bytes([1, 2], [1, 3], [1, 4]);
        var rows = _ml.Transforms.LoadAudio("Audio", "In", load)
            .Append(_ml.Transforms.LogMelSpectrogram("Musicnn", "Audio", MelFrontEnd.Musicnn))
            .Append(_ml.Transforms.LogMelSpectrogram("Yamnet", "Audio", MelFrontEnd.Yamnet))
            .Append(_ml.Transforms.LogMelSpectrogram("Compact", "Audio", MelFrontEnd.CompactCnn)).Fit(data).Transform(data);
        string[] columns = ["Musicnn", "Yamnet", "Compact", "Audio"];
        using (var cursor = rows.GetRowCursor(rows.Schema.Where(column => columns.Contains(column.Name))))
        {
            var getters = columns.Select(column => cursor.GetGetter<VBuffer<float>>(rows.Schema[column])).ToArray();
            VBuffer<float> value = default;
            while (cursor.MoveNext())
                foreach (var get in getters)
                {
                    get(ref value);
                    Assert.True(value.Length > 0);
                }
        }
        Assert.Equal(3, counter.Count);

        // What a song's columns hold is still its own.
        var mean = rows.Read("Audio").Select(song => song.Average()).ToArray();
        Assert.Equal([0.02f, 0.03f, 0.04f], mean, (a, b) => Math.Abs(a - b) < 1e-3f);
    }

    [Fact]
    public void Magnitudes_become_decibels_of_amplitudes()
    {
        float[] noise = [.. Enumerable.Range(0, 4000).Select(i => MathF.Sin(i * i))];
        var mel = MelFrontEnd.Yamnet.Mel; // magnitudes
        var plain = Compute(new MelFrontEnd { Mel = mel }, noise);
        var decibels = Compute(new MelFrontEnd { Mel = mel, Decibels = new() { TopDb = null } }, noise);
        Assert.Equal(plain.Length, decibels.Length);
        Assert.All(plain.Zip(decibels), pair => Assert.Equal(20 * Math.Log10(pair.First), pair.Second, 1e-3));
    }

    private void AssertPatch(MelFrontEnd frontEnd, string waveform, string patch, double tolerance)
    {
        using var golden = Golden();
        var (expected, shape) = golden.Array(patch); // frames, bands
        var actual = Compute(frontEnd, golden.Values(waveform));
        var (frameCount, bandCount) = (actual.Length / shape[1], shape[1]);
        Assert.Equal(frontEnd.Mel.BandCount, bandCount);
        Assert.True(frameCount > shape[0]);
        for (var frame = 0; frame < shape[0]; frame++)
            for (var band = 0; band < bandCount; band++)
                Assert.Equal(expected[frame * bandCount + band], actual[band * frameCount + frame], tolerance);
    }

    private float[] Compute(MelFrontEnd frontEnd, float[] waveform)
    {
        var data = _ml.Vectors([0], waveform);
        var known = _ml.Transforms.ResampleAudio("In", null,
            new ResampleAudioOptions { FromSampleRate = frontEnd.Mel.SampleRate, SampleRate = frontEnd.Mel.SampleRate });
        return known.Append(_ml.Transforms.LogMelSpectrogram("Out", "In", frontEnd)).Fit(data).Transform(data).Read("Out").Single();
    }

    /// <summary>A format of its own: a 1, then hundredths of full scale, held for two seconds.</summary>
    private sealed class CountingDecoder : IAudioDecoder
    {
        private int _count;

        public int Count => _count;

        public bool CanDecode(ReadOnlySpan<byte> bytes) => bytes is [1, _];

        public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => throw new NotSupportedException();

        public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
        {
            Interlocked.Increment(ref _count);
            var samples = new float[44_100];
            Array.Fill(samples, bytes.Span[1] / 100f);
            return new Waveform([samples], 22_050);
        }
    }
}
