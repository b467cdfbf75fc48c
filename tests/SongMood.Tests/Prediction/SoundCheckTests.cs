using SongMood.Audio;
using SongMood.Prediction;
using SongMood.TestSupport;

namespace SongMood.Tests.Prediction;

/// <summary>What is said of audio that is no music, and that nothing is said of music.</summary>
public class SoundCheckTests
{
    private const int Rate = 22050;

    [Fact]
    public void Of_sound_audio_nothing_is_said() => Assert.Empty(Remarks(Noise(5)));

    [Fact]
    public void Silence()
    {
        Assert.Equal("there is nothing to hear: all of its 3.0 s are silence",
            Only(PredictionRemarkKind.TooLittleSound, new float[3 * Rate]));
        Assert.Equal("there is nothing to hear: all of its 3.0 s are silence",
            Only(PredictionRemarkKind.TooLittleSound, Scaled(Noise(3), 1e-4f)));
    }

    [Fact]
    public void Too_little_sound()
    {
        Assert.Equal("it lasts only 0.5 s", Only(PredictionRemarkKind.TooLittleSound, Noise(0.5)));
        Assert.Equal("it lasts only 0.96 s", Only(PredictionRemarkKind.TooLittleSound, Noise(0.96)));
        Assert.Empty(Remarks(Noise(1)));
        Assert.Equal("there is little to hear: 2.0 s of its 6.0 s are louder than -60 dB",
            Only(PredictionRemarkKind.TooLittleSound, [.. Noise(2), .. Scaled(Noise(4), 1e-4f)]));
        Assert.Equal("there is little to hear: 0.98 s of its 1.5 s are louder than -60 dB", // in blocks of 10 ms
            Only(PredictionRemarkKind.TooLittleSound, [.. Noise(0.97), .. Scaled(Noise(0.53), 1e-4f)]));
        Assert.Empty(Remarks(Noise(1.1)));
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(-0.3f)]
    public void An_offset_is_no_sound_and_no_tone(float offset)
    {
        float[] silence = [.. Enumerable.Repeat(offset, 3 * Rate)];
        Assert.Equal("there is nothing to hear: all of its 3.0 s are silence", Only(PredictionRemarkKind.TooLittleSound, silence));
        Assert.Equal("there is nothing to hear: all of its 3.0 s are silence",
            Only(PredictionRemarkKind.TooLittleSound, Raised(Scaled(Noise(3), 1e-4f), offset)));
        Assert.Empty(Remarks(Raised(Scaled(Noise(3), 0.02f), offset)));
        Assert.Equal("it is a pure tone of about 1001 Hz, and no music",
            Only(PredictionRemarkKind.PureTone, Raised(Sine(1000, 4), offset)));
        Assert.Equal(PredictionRemarkKind.Speech, Assert.Single(Remarks(Raised(SpeechLikeSound.Make(25, Rate), offset))).Kind);
    }

    [Fact]
    public void A_file_that_is_zeros_from_some_point_on()
    {
        float[] cut = [.. Noise(8), .. new float[5 * Rate]];
        Assert.Equal("5.0 s of its 13.0 s are zeros; is the file incomplete?", Only(PredictionRemarkKind.DigitalSilence, cut));
        Assert.Empty(Remarks([.. new float[Rate], .. Noise(8), .. new float[Rate / 4]])); // as songs begin and end
    }

    [Fact]
    public void Clipping()
    {
        float[] loud = [.. Noise(3).Select(sample => Math.Clamp(4 * sample, -1, 1))];
        Assert.Contains("are cut off at full scale", Only(PredictionRemarkKind.Clipping, loud));
        Assert.Empty(Remarks(Scaled(Noise(3), 2))); // up to full scale, and not cut off
    }

    [Fact]
    public void A_test_tone()
    {
        Assert.Equal("it is a pure tone of about 1001 Hz, and no music", Only(PredictionRemarkKind.PureTone, Sine(1000, 4)));
        const string steady = "it is one sound that does not change, such as a test tone, and no music";
        Assert.Equal(steady, Only(PredictionRemarkKind.PureTone, [.. Sine(1000, 4).Zip(Sine(1500, 4), (a, b) => (a + b) / 2)]));
        foreach (var hz in (double[])[50, 220, 997])
            Assert.Equal(steady, Only(PredictionRemarkKind.PureTone, [.. Sine(hz, 4).Select(sample => 0.3f * MathF.Sign(sample))]));
        // Noise, a chord that dies away or is struck again and again, and a tone that goes up change.
        Assert.Empty(Remarks(Noise(4)));
        float[] chord = [.. Sine(220, 8).Zip(Sine(330, 8), (a, b) => a + b)];
        Assert.Empty(Remarks([.. chord.Select((sample, n) => sample * MathF.Exp(-n / (4f * Rate)))]));
        Assert.Empty(Remarks([.. chord.Select((sample, n) => sample * MathF.Exp(-(n % (Rate / 2)) / (0.1f * Rate)))]));
        Assert.Empty(
            Remarks([.. Enumerable.Range(0, 4 * Rate).Select(n => 0.4f * MathF.Sin((float)(2 * Math.PI * (200 + 0.01 * n) * n / Rate)))]));
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(22050)]
    [InlineData(48000)]
    public void Speech_and_what_only_resembles_it(int rate)
    {
        var remark = Assert.Single(Remarks(SpeechLikeSound.Make(25, rate), rate));
        Assert.Equal(PredictionRemarkKind.Speech, remark.Kind);
        Assert.Equal("it sounds like speech, and not like music: its mood says little", remark.Text);
        Assert.Empty(Remarks(SpeechLikeSound.Make(25, rate, sung: true), rate)); // the same voice, without its pauses
        Assert.Empty(Remarks(SpeechLikeSound.Make(2.5, rate), rate)); // too short to tell

        // The same pauses and changes of level, in time with a beat.
        var word = SpeechLikeSound.Make(1, rate);
        Assert.Empty(Remarks([.. Enumerable.Repeat(word, 25).SelectMany(samples => samples)], rate));
    }

    [Fact]
    public void Speech_before_a_song_is_not_told()
    {
        var speech = SpeechLikeSound.Make(10, Rate);
        Assert.Equal(PredictionRemarkKind.Speech, Assert.Single(Remarks(speech)).Kind);
        Assert.Empty(Remarks([.. speech, .. SpeechLikeSound.Make(20, Rate, sung: true)]));
    }

    [Fact]
    public void Pieces_count_together()
    {
        var check = new SoundCheck();
        var song = File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, "samples", "audio", "calm-1.mp3"));
        var damaged = AudioFile.Read(song[..(song.Length / 2)]);
        Assert.True(damaged.DamagedFrameCount > 0);
        check.Add(damaged);
        check.Add(new Waveform([new float[damaged.SampleCount]], damaged.SampleRate));
        Assert.Equal(damaged.DamagedFrameCount, check.DamagedFrameCount);
        Assert.Equal([PredictionRemarkKind.Damage, PredictionRemarkKind.DigitalSilence], check.Remarks().Select(remark => remark.Kind));
        Assert.Equal($"{damaged.Damage}; the rest was heard", check.Remarks()[0].Text);
    }

    [Fact]
    public void Range_of_samples_is_that_of_one_after_the_other()
    {
        var random = new Random(5);
        for (var count = 1; count < 70; count++)
        {
            float[] samples = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1.3f)];
            var range = SampleRange.Of(samples);
            Assert.Equal((samples.Min(), samples.Max(), samples.Max(Math.Abs)), (range.Min, range.Max, range.Peak));
            Assert.Equal(samples.Sum(x => (double)x), range.Sum, 1e-5);
            Assert.Equal(samples.Sum(x => (double)x * x), range.SumOfSquares, 1e-5);
        }
    }

    /// <summary>Real clips: nothing is said of 99 of 100.</summary>
    [Fact]
    public void Real_music_is_hardly_ever_remarked_on()
    {
        var clips = Directory.GetFiles(Path.Combine(TestData.Require("4q")), "*.mp3", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToArray();
        Assert.True(clips.Length >= 100);
        var every = Environment.GetEnvironmentVariable("SONGMOOD_ALL_CLIPS") is null ? 12 : 1;
        var remarks = clips.Where((_, i) => i % every == 0).AsParallel()
            .SelectMany(clip => Remarks(AudioFile.Read(clip)).Select(remark => $"{Path.GetFileName(clip)}: {remark}")).ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", remarks));
        Assert.True(remarks.Length <= Math.Max(1, clips.Length / every / 100), string.Join("\n", remarks));
    }

    private static string Only(PredictionRemarkKind kind, float[] samples)
    {
        var remark = Assert.Single(Remarks(samples));
        Assert.Equal(kind, remark.Kind);
        return remark.ToString();
    }

    private static IReadOnlyList<PredictionRemark> Remarks(float[] samples, int rate = Rate) =>
        Remarks(new Waveform([samples, samples], rate));

    private static IReadOnlyList<PredictionRemark> Remarks(Waveform audio)
    {
        var check = new SoundCheck();
        check.Add(audio);
        return check.Remarks();
    }

    private static float[] Noise(double seconds)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static float[] Sine(double hz, double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(n => 0.5f * (float)Math.Sin(2 * Math.PI * hz * n / Rate))];

    private static float[] Raised(float[] samples, float offset) => [.. samples.Select(sample => sample + offset)];

    private static float[] Scaled(float[] samples, float factor) => [.. samples.Select(sample => factor * sample)];
}
