using System.Diagnostics;
using SongMood.Audio;

namespace SongMood.Formats.Tests;

public class FfmpegTests
{
    private const string Longer = "aloop=loop=20:size=10000"; // a fixture's sound again and again, for more than four seconds

    private static readonly string? Program = AudioFormats.FindFfmpeg();

    private static AudioReadOptions WithFfmpeg => new() { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true }) };

    [Theory]
    [InlineData("alac", "m4a", true)]
    [InlineData("wavpack", "wv", true)]
    [InlineData("aac", "m4a", false)]
    [InlineData("wmav2", "wma", false)]
    [InlineData("aac", "aac", false)]
    public void What_ffmpeg_reads_is_read(string codec, string container, bool isExact)
    {
        var (file, original) = Make(codec, container);
        var options = WithFfmpeg;
        var wave = AudioFile.Read(file, options);
        Assert.Equal((original.SampleRate, original.ChannelCount), (wave.SampleRate, wave.ChannelCount));
        Assert.InRange(wave.SampleCount, original.SampleCount - (isExact ? 0 : 2048), original.SampleCount + (isExact ? 0 : 8192));
        Assert.Equal("nothing is lost", wave.Damage.ToString());
        if (isExact)
            Assert.Equal(original.Channel(1), wave.Channel(1));
        var info = AudioFile.Probe(file, options);
        Assert.Equal(wave.Duration, info.Duration);
        if (container != "aac")
            Assert.Equal("Fixture", info.Title);
        var part = AudioFile.Read(file, options with { Offset = TimeSpan.FromSeconds(0.1), Duration = TimeSpan.FromSeconds(0.1) });
        Assert.Equal(wave.Channel(0).Slice(wave.SampleRate / 10, wave.SampleRate / 10), part.Channel(0));
        Assert.Throws<AudioFormatException>(() => AudioFile.Read(file)); // nobody asked for it
    }

    [Theory]
    [InlineData("aac", "m4a")]
    [InlineData("wavpack", "wv")]
    [InlineData("wmav2", "wma")]
    [InlineData("tta", "tta")]
    [InlineData("libspeex", "spx")]
    public void Tags_are_read_as_they_were_written(string codec, string container)
    {
        const string comment = "a;b=c # d \\ e\nline two";
        var (file, _) = Make(codec, container, "-metadata", "track=3/12", "-metadata", "comment=" + comment);
        var info = AudioFile.Probe(file, WithFfmpeg);
        Assert.Equal(("Fixture", "3/12", comment), (info.Title, info.Track, info.Comment));
    }

    [Fact]
    public void A_chapters_title_is_not_the_songs()
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var (chapters, book) = (folder.File("chapters.txt"), folder.File("book.m4b"));
        File.WriteAllText(chapters, ";FFMETADATA1\nartist=Reader\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=100\ntitle=Chapter one\n");
        Run("-i", FormatsFixtures.PathOf("vorbis-stereo.ogg"), "-i", chapters, "-map", "0:a", "-map_metadata", "1", "-c:a", "aac", book);
        var info = AudioFile.Probe(book, WithFfmpeg);
        Assert.Equal(("Reader", null), (info.Artist, info.Title));
    }

    [Fact]
    public void A_damaged_file_is_refused_with_what_ffmpeg_says()
    {
        var (file, _) = Make("alac", "m4a");
        file.AsSpan(40).Clear();
        var options = WithFfmpeg;
        var (first, second) = (Message(), Message());
        Assert.StartsWith("ffmpeg cannot read this: ", first);
        Assert.Equal(first, second); // no place in memory, no temporary name: what is told of a song is the same in each run
        Assert.DoesNotContain("songmood-", first);

        string Message() => Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, options)).Message;
    }

    /// <summary>ffmpeg plays what is there, and ends with the exit code of a success.</summary>
    [Theory]
    [InlineData("aac", "m4a", "-movflags", "+faststart")]
    [InlineData("wavpack", "wv")]
    [InlineData("flac", "mka")]
    [InlineData("aac", "aac")]
    [InlineData("pcm_s16be", "au")] // of which ffmpeg says nothing but how long it should be
    public void What_is_missing_of_a_file_cut_short_is_told(string codec, string container, params string[] more)
    {
        var (file, original) = Make(codec, container, [.. more, "-af", Longer]);
        var options = WithFfmpeg;
        var whole = AudioFile.Read(file, options);
        Assert.Equal("nothing is lost", whole.Damage.ToString());
        // An AU is cut between two samples: what is no whole one ffmpeg complains of.
        var cut = AudioFile.Read(file.AsMemory(0, container == "au" ? (file.Length / 2) & ~7 : file.Length * 3 / 5), options);
        Assert.InRange(cut.Duration.TotalSeconds, 0.1, whole.Duration.TotalSeconds - 1);
        Assert.Equal(1, cut.DamagedFrameCount);
        Assert.Equal(cut.Duration, cut.Damage.Decoded);
        Assert.Contains(container == "au" ? "cut off" : "ffmpeg says that it is damaged: ", cut.Damage.ToString());
        Assert.Equal(original.ChannelCount, cut.ChannelCount);
    }

    [Fact]
    public void Bytes_that_ffmpeg_cannot_decode_are_told()
    {
        var (file, _) = Make("aac", "aac", "-af", Longer);
        new Random(5).NextBytes(file.AsSpan(file.Length / 2, file.Length / 5));
        var options = WithFfmpeg;
        var (first, second) = (AudioFile.Read(file, options).Damage, AudioFile.Read(file, options).Damage);
        Assert.True(first.IsAny);
        Assert.Equal(first, second); // the same words in each run
        Assert.DoesNotContain("songmood-", first.ToString());
    }

    /// <summary>Two files joined, of which the second has other channels or another rate: ffmpeg goes on in the first one's.</summary>
    [Theory]
    [InlineData("aac", "aac", 1, 44100, true)]
    [InlineData("ac3", "ac3", 6, 44100, true)]
    [InlineData("aac", "aac", 2, 22050, false)]
    public void Channels_that_change_are_told(string codec, string container, int channels, int rate, bool isTold)
    {
        var (first, original) = Make(codec, container);
        var (second, _) = Make(codec, container, "-ac", $"{channels}", "-ar", $"{rate}");
        var options = WithFfmpeg;
        var wave = AudioFile.Read((byte[])[.. first, .. second], options);
        Assert.Equal((original.SampleRate, original.ChannelCount), (wave.SampleRate, wave.ChannelCount));
        Assert.True(wave.SampleCount > 1.9 * original.SampleCount);
        Assert.Equal(isTold ? "all frames are there, but not all have as many channels as the first" : "nothing is lost",
            wave.Damage.ToString());
    }

    /// <summary>Coded is one channel at half the rate, with what it takes to make two of it at all of it: nothing changes there.</summary>
    [Theory]
    [InlineData("he-aac-v2.aac")]
    [InlineData("he-aac-v2.m4a")]
    public void Two_channels_made_of_one_are_no_change(string name)
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        var wave = AudioFile.Read(FormatsFixtures.PathOf("ffmpeg/" + name), WithFfmpeg);
        Assert.Equal((44100, 2), (wave.SampleRate, wave.ChannelCount));
        Assert.Equal(2, wave.Duration.TotalSeconds, 0.2);
        Assert.Equal("nothing is lost", wave.Damage.ToString());
    }

    [Theory]
    [InlineData("[graph_0_in_0_0 @ 0x557f53b72a40] [verbose] tb:1/44100 samplefmt:fltp samplerate:44100 chlayout:stereo", 2)] // 5.1
    [InlineData("[graph_-1_in_0:0 @ 0x5f20] [verbose] tb:1/48000 samplefmt:fltp samplerate:48000 chlayout:5.1(side)", 6)] // 7 on
    [InlineData("[graph_-1_in_0:0 @ 0x5f20] [verbose] tb:1/48000 samplefmt:fltp samplerate:48000 chlayout:13 channels", 13)]
    [InlineData("[graph_0_in_0_0 @ 0x5f20] [info] tb:1/48000 samplefmt:fltp samplerate:48000 chlayout:mono")] // a tag may say anything
    public void Each_ffmpeg_tells_of_channels_in_its_own_words(string line, params int[] counts) =>
        Assert.Equal(counts, FfmpegRun.ChannelCountsIn([line, "[verbose] something else"]));

    [Fact]
    public void Monkeys_Audio_is_read_bit_for_bit()
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        var options = WithFfmpeg;
        var path = FormatsFixtures.PathOf("ffmpeg/triangles.ape");
        var wave = AudioFile.Read(path, options);
        Assert.Equal((44100, 2, "nothing is lost"), (wave.SampleRate, wave.ChannelCount, wave.Damage.ToString()));
        Assert.Equal(Enumerable.Range(0, 4410).Select(n => (Math.Abs(n * 73 % 16000 - 8000) - 4000) / 32768f), wave.Channel(0).ToArray());
        Assert.Equal(Enumerable.Range(0, 4410).Select(n => (Math.Abs(n * 31 % 12000 - 6000) - 3000) / 32768f), wave.Channel(1).ToArray());
        Assert.Equal("a Monkey's Audio file", AudioFile.Probe(path, options).Format);
    }

    /// <summary>DSD of 64, 128 and 256 times 44.1 kHz; of the last ffmpeg makes 1,411,200 samples a second, more than are read.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Dsd_of_any_rate_comes_at_one(int times)
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        const double seconds = 0.25;
        var file = Dsf.OfSine(1000, 0.25, 44100 * times, seconds);
        var wave = AudioFile.Read(file, WithFfmpeg);
        Assert.Equal((352800, 1), (wave.SampleRate, wave.ChannelCount));
        Assert.Equal(seconds, wave.Duration.TotalSeconds, 0.02);
        Assert.Equal("nothing is lost", wave.Damage.ToString());
        var middle = wave.Channel(0)[(wave.SampleCount / 4)..(3 * wave.SampleCount / 4)];
        double real = 0, imaginary = 0;
        for (var n = 0; n < middle.Length; n++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * 1000 * n / wave.SampleRate);
            (real, imaginary) = (real + middle[n] * cosine, imaginary + middle[n] * sine);
        }

        Assert.Equal(0.25, 2 * Math.Sqrt(real * real + imaginary * imaginary) / middle.Length, 0.01);
    }

    [Fact]
    public void Without_the_program_the_error_says_what_to_install()
    {
        byte[] file = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];
        var options = new AudioReadOptions { Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true, FfmpegPath = "/no/ffmpeg" }) };
        Assert.Contains("install ffmpeg", Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, options)).Message);
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, new() { Decoders = AudioFormats.Decoders() }));
        Assert.Contains("MP4", error.Message);
        Assert.Contains("install ffmpeg", error.Message);
    }

    /// <summary>A cover may be longer than what a decoder looks at to know an input.</summary>
    [Theory]
    [InlineData("aac", "aac")]
    [InlineData("tta", "tta")]
    public void Tags_at_the_start_are_passed_over(string codec, string container)
    {
        const int length = 200_000;
        var (file, _) = Make(codec, container);
        byte[] tag = [.. "ID3\u0003\0\0\0"u8, length >> 14, length >> 7 & 127, length & 127, .. new byte[length]];
        var options = WithFfmpeg;
        var (plain, tagged) = (AudioFile.Read(file, options), AudioFile.Read((byte[])[.. tag, .. file], options));
        Assert.Equal(plain.Channel(0), tagged.Channel(0));
        using var stream = new MemoryStream([.. tag, .. file]); // through a window, of which the tag is most
        Assert.Equal(plain.Duration, AudioFile.Probe(stream, options).Duration);
    }

    [Fact]
    public void Longer_audio_than_the_limit_is_refused_also_in_pieces_and_by_probe()
    {
        var (file, original) = Make("alac", "m4a");
        var options = new AudioReadOptions
        {
            Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true }),
            MaxDuration = original.Duration / 2,
        };
        Assert.Contains("MaxDuration", Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, options)).Message);
        Assert.Contains("MaxDuration", Assert.Throws<AudioFormatException>(() => AudioFile.Probe(file, options)).Message);
        using var stream = new MemoryStream(file);
        Assert.Contains("MaxDuration", Assert.Throws<AudioFormatException>(
            () => AudioFile.ReadPieces(stream, options.MaxDuration / 4, options).Count()).Message);
        var part = AudioFile.Read(file, options with { Offset = original.Duration / 2, Duration = options.MaxDuration / 2 });
        Assert.Equal(original.Channel(0).Slice(original.SampleCount / 2, part.SampleCount), part.Channel(0));
        Assert.Contains("bytes", Assert.Throws<AudioFormatException>(
            () => AudioFile.Read(file, options with { MaxDuration = original.Duration, MaxDecodedBytes = 1000 })).Message);
    }

    [Fact]
    public void Cancelling_ends_the_program()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program that does not end is a shell script");
        using var folder = new TemporaryFolder();
        var (slow, number) = (folder.File("slow"), folder.File("number"));
        File.WriteAllText(slow, $"#!/bin/sh\necho $$ > '{number}.new'\nmv '{number}.new' '{number}'\nexec sleep 600\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        byte[] file = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];
        using var source = new CancellationTokenSource();
        var reading = Task.Run(() => AudioFile.Read(file, new()
        {
            Decoders = AudioFormats.Decoders(new() { UseFfmpeg = true, FfmpegPath = slow }),
            CancellationToken = source.Token,
        }), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(number) || reading.IsCompleted, TimeSpan.FromMinutes(5)));
        Assert.False(reading.IsCompleted);
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => reading.GetAwaiter().GetResult());
        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(number).Trim()}")); // it is not only told to end
    }

    [Fact]
    public void It_is_ended_when_it_takes_too_long()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program that does not end is a shell script");
        using var folder = new TemporaryFolder();
        var slow = folder.File("slow");
        File.WriteAllText(slow, "#!/bin/sh\nexec sleep 60\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var settings = new AudioFormatsOptions { UseFfmpeg = true, FfmpegPath = slow, FfmpegTimeout = TimeSpan.FromSeconds(0.5) };
        byte[] file = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];
        var start = Stopwatch.GetTimestamp();
        var error = Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, new() { Decoders = AudioFormats.Decoders(settings) }));
        Assert.Contains("FfmpegTimeout", error.Message);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(40)); // it would have taken 60
    }

    [Theory]
    [InlineData(2, 4000)]
    [InlineData(999_983, 4000)]
    [InlineData(2, 1)]
    public void What_is_wrong_with_the_input_is_not_said_of_a_WAV_that_nobody_has(int rate, int sampleCount)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "what stands for ffmpeg is a shell script");
        using var folder = new TemporaryFolder();
        var (program, wav) = (folder.File("ffmpeg"), folder.Write("made.wav", Wav16.Of(sampleCount, rate, n => (short)n)));
        File.WriteAllText(program, $"#!/bin/sh\nexec cat '{wav}'\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        byte[] file = [0, 0, 0, 32, .. "ftypM4A "u8, .. new byte[100]];
        var decoders = AudioFormats.Decoders(new() { UseFfmpeg = true, FfmpegPath = program });
        Assert.Equal($"its sample rate is {rate} Hz; 1000 to 768000 Hz are read",
            Assert.Throws<AudioFormatException>(() => AudioFile.Read(file, new() { Decoders = decoders })).Message);
    }

    private static (byte[] File, Waveform Original) Make(string codec, string container, params string[] more)
    {
        Assert.SkipWhen(Program is null, "ffmpeg is not installed");
        using var folder = new TemporaryFolder();
        var wav = folder.File("sound.wav");
        var file = folder.File("sound." + container);
        Run("-i", FormatsFixtures.PathOf("vorbis-stereo.ogg"), "-ac", "2", "-c:a", "pcm_s16le", wav);
        Assert.SkipUnless(Encoders.Value.Contains(" " + codec + " "), $"this ffmpeg has no encoder {codec}");
        Run(["-i", wav, "-metadata", "title=Fixture", .. more, "-c:a", codec, file]);
        return (File.ReadAllBytes(file), AudioFile.Read(wav));
    }

    private static readonly Lazy<string> Encoders = new(() =>
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, ["-hide_banner", "-encoders"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    });

    private static void Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, ["-v", "error", "-nostdin", "-y", .. arguments]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
