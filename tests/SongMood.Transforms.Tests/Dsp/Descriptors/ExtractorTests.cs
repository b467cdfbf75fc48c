using SongMood.Dsp;
using SongMood.Dsp.Descriptors;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Dsp.Descriptors;

/// <summary>The extractor as a whole: names, choice of groups, the shared mel spectrogram, and signals that are no music.</summary>
public class ExtractorTests
{
    private static readonly MusicDescriptorExtractor All = new(DescriptorGroups.All);

    [Fact]
    public void Names_stay_as_they_are()
    {
        var file =
            Path.Combine(TestData.RepositoryRoot, "tests", "SongMood.Transforms.Tests", "Dsp", "Descriptors", "descriptor-names.txt");
        Assert.Equal(File.ReadAllLines(file), All.Names);
        Assert.Equal(All.Names.Length, All.Names.Distinct().Count());
    }

    [Fact]
    public void Preset_has_eleven_and_they_are_the_same_values()
    {
        var eleven = new MusicDescriptorExtractor(DescriptorGroups.None, MusicDescriptorExtractor.Eleven);
        Assert.Equal(DescriptorNames.Eleven.Order(), eleven.Names.Order());
        Assert.Equal(11, eleven.Names.Length);
        var (few, many) = (Compute(eleven, Music()), Compute(All, Music()));
        for (var i = 0; i < few.Length; i++)
            Assert.Equal(many[All.Names.IndexOf(eleven.Names[i])], few[i]);
    }

    [Fact]
    public void Every_group_alone_gives_what_it_gives_among_all()
    {
        var music = Music();
        var all = Compute(All, music);
        var seen = 0;
        foreach (var group in Enum.GetValues<DescriptorGroups>())
        {
            if (group is DescriptorGroups.None or DescriptorGroups.All)
                continue;
            var extractor = new MusicDescriptorExtractor(group);
            var values = Compute(extractor, music);
            for (var i = 0; i < values.Length; i++)
                Assert.Equal(all[All.Names.IndexOf(extractor.Names[i])], values[i]);
            seen += values.Length;
        }
        Assert.Equal(all.Length, seen);
    }

    [Fact]
    public void Adding_the_preset_to_groups_repeats_nothing()
    {
        var extractor = new MusicDescriptorExtractor(DescriptorGroups.Loudness, MusicDescriptorExtractor.Eleven);
        Assert.Equal(extractor.Names.Length, extractor.Names.Distinct().Count());
        Assert.Equal(DescriptorNames.Loudness.Union(DescriptorNames.Eleven).Order(), extractor.Names.Order());
    }

    [Fact]
    public void Mel_spectrogram_from_the_same_frames_is_the_mel_spectrograms()
    {
        var music = Music();
        var mel = new MelSpectrogram(new MelSpectrogramOptions());
        var expected = new float[mel.BandCount * mel.FrameCount(music.Length)];
        mel.Compute(music, expected);
        var actual = new float[MusicDescriptorExtractor.MelBandCount * MusicDescriptorExtractor.FrameCount(music.Length)];
        All.Compute(music, new float[All.Names.Length], actual);
        Assert.Equal(expected, actual);
    }

    public static TheoryData<string> Odd =>
        ["silence", "one sample", "one zero", "clipped", "DC", "tiny", "click", "huge", "short", "half a frame", "noise"];

    [Theory]
    [MemberData(nameof(Odd))]
    public void Signals_that_are_no_music_give_finite_values(string kind)
    {
        var random = new Random(1);
        float[] samples = kind switch
        {
            "silence" => new float[60000],
            "one sample" => [0.5f],
            "one zero" => [0],
            "clipped" => [.. Music().Select(x => Math.Clamp(100 * x, -1, 1))],
            "DC" => [.. Enumerable.Repeat(0.7f, 60000)],
            "tiny" => [.. Music().Select(x => 1e-30f * x)],
            "click" => [.. Enumerable.Range(0, 60000).Select(n => n == 30000 ? 1f : 0)],
            "huge" => [.. Music().Select(x => 1e6f * x)],
            "short" => Music()[..2000],
            "half a frame" => Music()[..300],
            _ => [.. Enumerable.Range(0, 60000).Select(_ => random.NextSingle() - 0.5f)],
        };
        var values = Compute(All, samples);
        Assert.Equal([], All.Names.Where((_, i) => !float.IsFinite(values[i])));
    }

    [Fact]
    public void What_cannot_be_described_is_refused()
    {
        var values = new float[All.Names.Length];
        Assert.Contains("no sample", Assert.Throws<ArgumentException>(() => All.Compute([], values)).Message);
        Assert.Contains("Sample 2 ", Assert.Throws<ArgumentException>(() => All.Compute([0, 0, float.NaN], values)).Message);
        Assert.Contains("Sample 0 ", Assert.Throws<ArgumentException>(() => All.Compute([float.PositiveInfinity], values)).Message);
        Assert.Contains("3 values", Assert.Throws<ArgumentException>(() => All.Compute([0, 0], values.AsSpan(0, 3))).Message);
        Assert.Contains("Loudness", Assert.Throws<ArgumentException>(() => new MusicDescriptorExtractor(DescriptorGroups.None)).Message);
        Assert.Throws<ArgumentException>(() => new MusicDescriptorExtractor((DescriptorGroups)(1 << 20)));
    }

    [Fact]
    public void A_second_song_owes_nothing_to_the_first()
    {
        var extractor = new MusicDescriptorExtractor();
        Compute(extractor, [.. Music().Reverse(), .. Music()]);
        Assert.Equal(Compute(new MusicDescriptorExtractor(), Music()), Compute(extractor, Music()));
    }

    [Fact]
    public void Nothing_is_allocated_a_frame()
    {
        var extractor = new MusicDescriptorExtractor();
        var values = new float[extractor.Names.Length];
        float[] two = [.. Music(), .. Music()];
        extractor.Compute(two, values);
        Assert.InRange(Allocated(Music()), 0, 20_000);
        Assert.InRange(Allocated(two), 0, 20_000); // twice the frames, no more bytes

        long Allocated(float[] samples)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            extractor.Compute(samples, values);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static float[] Compute(MusicDescriptorExtractor extractor, float[] samples)
    {
        var values = new float[extractor.Names.Length];
        lock (All)
            extractor.Compute(samples, values);
        return values;
    }

    /// <summary>Six seconds: a chord that changes every second, a beat twice a second.</summary>
    private static float[] Music()
    {
        var random = new Random(7);
        var samples = new float[6 * MusicDescriptorExtractor.SampleRate];
        for (var n = 0; n < samples.Length; n++)
        {
            var second = n / MusicDescriptorExtractor.SampleRate;
            foreach (var semitones in (ReadOnlySpan<int>)[0, 4, 7])
                samples[n] += 0.1f
                * MathF.Sin(
                (float)(2 * Math.PI
                * (220 * Math.Pow(2, (semitones + 5 * (second % 3)) / 12.0) * n / MusicDescriptorExtractor.SampleRate % 1)));
            samples[n] += (random.NextSingle() - 0.5f) * MathF.Exp(-(n % (MusicDescriptorExtractor.SampleRate / 2)) / 800f);
        }
        return samples;
    }
}
