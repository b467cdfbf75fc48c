using SongMood.Audio;
using SongMood.Audio.Tags;

namespace SongMood.Formats;

/// <summary>
/// All that has no decoder of its own, through the user's ffmpeg. Only containers that are known by their first bytes are given to it,
/// as a temporary file, since some must be read from their end; it opens nothing but files and pipes.
/// </summary>
internal sealed class FfmpegDecoder(AudioFormatsOptions settings) : IAudioDecoder
{
    // What a WAV has before its first sample.
    private const int HeaderBytes = 1 << 12;

    public IReadOnlyList<string> FileNameSuffixes => ForeignContent.FileNameSuffixes;

    public bool CanDecode(ReadOnlySpan<byte> bytes) => ForeignContent.FindMedia(bytes) is not null;

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => Probe(bytes, options, Decode(bytes,
        options with { Offset = TimeSpan.Zero, Duration = null }));

    public AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions options, Waveform whole)
    {
        var tags = InFile(bytes, file => new FfmpegRun(settings, ["-i", file, "-f", "ffmetadata", "pipe:1"])
            .Output(options.MaxTagBytes, options.CancellationToken));
        var text = new TagText();
        foreach (var line in System.Text.Encoding.UTF8.GetString(tags.Span).Split('\n'))
            if (line.IndexOf('=') is > 0 and var equals)
                text.Keep(line[..equals].ToUpperInvariant(), line[(equals + 1)..]);
        return text.AddTo(new AudioInfo
        {
            Format = ForeignContent.FindMedia(bytes.Span)!,
            SampleRate = whole.SampleRate,
            ChannelCount = whole.ChannelCount,
            Duration = whole.Duration,
            BitRate = (int)Math.Min(int.MaxValue, 8L * bytes.Length / whole.Duration.TotalSeconds),
        });
    }

    public Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => InFile(bytes, file => AudioFile.Read(Wav(file, options),
        options with { Mono = false, SampleRate = null, MaxBytes = int.MaxValue, Decoders = null }));

    // One second more than may be: then it is seen that there is more.
    private ReadOnlyMemory<byte> Wav(string file, AudioReadOptions options)
    {
        var length = options.Duration is { } part && part < options.MaxDuration ? part : options.MaxDuration;
        var seconds = Math.Min(options.Offset.TotalSeconds + length.TotalSeconds + 1, int.MaxValue);
        var most = Math.Min(Array.MaxLength - HeaderBytes, options.MaxDecodedBytes) + HeaderBytes;
        return new FfmpegRun(settings, ["-t", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture), "-i", file,
            "-map", "0:a:0", "-f", "wav", "-c:a", "pcm_f32le", "pipe:1"]).Output(most, options.CancellationToken);
    }

    private static T InFile<T>(ReadOnlyMemory<byte> bytes, Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("songmood-"); // nobody else may look into it
        try
        {
            var file = Path.Combine(folder.FullName, "input");
            File.WriteAllBytes(file, bytes.Span);
            return use(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
