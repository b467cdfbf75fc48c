using SongMood.Audio;
using SongMood.TestSupport;

namespace SongMood.Transforms.Tests.Audio;

/// <summary>Pieces, put together, are what one reading gives.</summary>
public class AudioPiecesTests
{
    public static TheoryData<string, int> Forms
    {
        get
        {
            var forms = new TheoryData<string, int>();
            foreach (var path in FixtureSignal.AllPaths())
                for (var form = 0; form < 5; form++)
                    forms.Add(Path.GetFileName(path), form);
            return forms;
        }
    }

    private static AudioReadOptions Form(int form) => form switch
    {
        0 => new(),
        1 => new() { Mono = true },
        2 => new() { SampleRate = 22050 },
        3 => new() { Mono = true, SampleRate = 4000, Quality = AudioQuality.Fast },
        _ => new() { Offset = TimeSpan.FromSeconds(0.1), Duration = TimeSpan.FromSeconds(0.2), SampleRate = 48000 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Pieces_of_an_mp3_are_the_whole(string name, int form)
    {
        var path = FixtureSignal.PathOf(name);
        foreach (var seconds in new[] { 0.013, 0.1, 10 })
            SameAsWhole(AudioFile.ReadPieces(path, TimeSpan.FromSeconds(seconds), Form(form)), AudioFile.Read(path, Form(form)), seconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Pieces_of_longer_audio_are_the_whole(int form)
    {
        // Long enough for many windows of the reader and many blocks of the resampler, with damage and another rate in it.
        var clip = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3"));
        var other = File.ReadAllBytes(FixtureSignal.PathOf("mpeg1-48000-mono-vbr.mp3"));
        var random = new Random(form);
        using var stream = new MemoryStream();
        for (var i = 0; i < 120; i++)
        {
            var bytes = (byte[])(i % 50 == 49 ? other : clip).Clone();
            if (i % 7 == 6)
                random.NextBytes(bytes.AsSpan(random.Next(5000), 200));
            stream.Write(bytes);
        }

        var whole = AudioFile.Read(stream.ToArray(), Form(form));
        stream.Position = 0;
        SameAsWhole(AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.7), Form(form)), whole, 0.7);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Pieces_of_a_wav_are_the_whole(int form)
    {
        var wav = MakeWav(200_000);
        var whole = AudioFile.Read(wav, Form(form));
        SameAsWhole(AudioFile.ReadPieces(new MemoryStream(wav), TimeSpan.FromSeconds(0.4), Form(form)), whole, 0.4);
        SameAsWhole(AudioFile.ReadPieces(new ForwardOnlyStream(wav), TimeSpan.FromSeconds(0.4), Form(form)), whole, 0.4);
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands()
    {
        var bytes = File.ReadAllBytes(FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3"));
        using var stream = new MemoryStream([.. new byte[999], .. bytes]) { Position = 999 };
        SameAsWhole(AudioFile.ReadPieces(stream, TimeSpan.FromSeconds(0.1)), AudioFile.Read(bytes), 0.1);
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void The_limit_is_one_of_pieces()
    {
        var path = FixtureSignal.PathOf("mpeg2-22050-joint-cbr64.mp3");
        var options = new AudioReadOptions { MaxDuration = TimeSpan.FromSeconds(0.2), MaxBytes = 1000 };
        var error =
            Assert.Throws<AudioFormatException>(() => AudioFile.Read(path, new AudioReadOptions { MaxDuration = options.MaxDuration }));
        Assert.Contains("AudioReadOptions.MaxDuration", error.Message);
        Assert.Contains("ReadPieces", error.Message);
        Assert.Equal(3, AudioFile.ReadPieces(path, TimeSpan.FromSeconds(0.2), options).Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => AudioFile.ReadPieces(path, TimeSpan.FromSeconds(0.3), options));
        Assert.Throws<ArgumentOutOfRangeException>(() => AudioFile.ReadPieces(path, TimeSpan.Zero));
    }

    [Fact]
    public void Faults_name_the_file_when_the_first_piece_is_asked_for()
    {
        var pieces = AudioFile.ReadPieces("gone.mp3", TimeSpan.FromSeconds(1));
        Assert.Equal("gone.mp3", Assert.Throws<AudioFormatException>(() => pieces.First()).File);
        var text = FixtureSignal.PathOf("make.py");
        Assert.Equal(text, Assert.Throws<AudioFormatException>(() => AudioFile.ReadPieces(text, TimeSpan.FromSeconds(1)).First()).File);
    }

    [Fact]
    public void Pieces_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var options = new AudioReadOptions { CancellationToken = source.Token };
        var path = FixtureSignal.PathOf("mpeg1-44100-joint-cbr128.mp3");
        using var pieces = AudioFile.ReadPieces(path, TimeSpan.FromSeconds(0.05), options).GetEnumerator();
        Assert.True(pieces.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => pieces.MoveNext());
    }

    private static void SameAsWhole(IEnumerable<Waveform> pieces, Waveform whole, double seconds)
    {
        var parts = pieces.ToArray();
        var length = (int)Math.Round(seconds * whole.SampleRate);
        Assert.All(parts[..^1], part => Assert.Equal(length, part.SampleCount));
        Assert.All(parts, part => Assert.Equal((whole.SampleRate, whole.ChannelCount), (part.SampleRate, part.ChannelCount)));
        Assert.Equal(whole.Damage, parts[0].Damage);
        Assert.All(parts[1..], part => Assert.Equal(AudioDamage.None, part.Damage));
        for (var channel = 0; channel < whole.ChannelCount; channel++)
            Assert.Equal(whole.Channel(channel), parts.SelectMany(part => part.Channel(channel).ToArray()).ToArray());
    }

    private static byte[] MakeWav(int frameCount)
    {
        var wav = new byte[44 + 4 * frameCount];
        "RIFF\0\0\0\0WAVEfmt \u0010\0\0\0\u0001\0\u0002\0"u8.CopyTo(wav);
        BitConverter.TryWriteBytes(wav.AsSpan(24), 44100);
        BitConverter.TryWriteBytes(wav.AsSpan(28), 176400);
        BitConverter.TryWriteBytes(wav.AsSpan(32), 0x00100004);
        "data"u8.CopyTo(wav.AsSpan(36));
        BitConverter.TryWriteBytes(wav.AsSpan(40), 4 * frameCount);
        new Random(1).NextBytes(wav.AsSpan(44));
        return wav;
    }
}
