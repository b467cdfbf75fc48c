using System.Buffers.Binary;
using System.Globalization;
using SongMood.Audio;
using SongMood.Audio.Wav;
using SongMood.Dsp;

namespace SongMood.Formats;

/// <summary>
/// All that has no decoder of its own, through the user's ffmpeg. Only containers that are known by their first bytes are given to it,
/// as a temporary file, since some must be read from their end; it opens nothing but files and pipes.
/// </summary>
internal sealed class FfmpegDecoder(AudioFormatsOptions settings) : WindowDecoder
{
    // At most what a WAV has before its first sample, and where its sample rate stands.
    private const int HeaderBytes = 1 << 12, RateAt = 24;

    // What ffmpeg makes of DSD64, an eighth of its bits. It would make twice as many samples of DSD128, and of DSD256 more than are read.
    private static readonly string[] DsdRate = ["-ar", "352800"];

    public override IReadOnlyList<string> FileNameSuffixes => ForeignContent.FileNameSuffixes;

    public override string FormatName => "what ffmpeg knows";

    public override bool CanDecode(ByteSource input) => ForeignContent.FindMedia(input) is not null;

    // Containers say how long they are, but not how many samples a decoder makes of that: so all is decoded.
    public override AudioInfo Probe(ByteSource input, AudioReadOptions options) => OpenWithInfo(input, Whole(options)).Info;

    public override SampleStream Open(ByteSource input, AudioReadOptions options) =>
        InFile(input, options, file => Samples(file, input, options));

    public override (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options) =>
        InFile(input, options, file =>
        {
            var samples = Samples(file, input, options);
            var whole = options.Offset == TimeSpan.Zero && options.Duration is null ? samples : Samples(file, input, Whole(options));
            return (samples, Info(file, input, whole, options));
        });

    private static AudioReadOptions Whole(AudioReadOptions options) => options with { Offset = TimeSpan.Zero, Duration = null };

    private AudioInfo Info(string file, ByteSource input, SampleStream whole, AudioReadOptions options)
    {
        // What the container says, then what the stream in it does: in Ogg all tags are the stream's.
        var tags = new FfmpegRun(settings, ["-i", file, "-map_metadata", "0:g", "-map_metadata", "0:s:a:0", "-f", "ffmetadata", "pipe:1"])
            .Output(options.MaxTagBytes, options.CancellationToken);
        var seconds = (double)whole.SampleCount / whole.SampleRate;
        return FfmpegMetadata.Read(tags.Span).AddTo(new AudioInfo
        {
            Format = ForeignContent.FindMedia(input)!,
            SampleRate = whole.SampleRate,
            ChannelCount = whole.ChannelCount,
            Duration = TimeSpan.FromSeconds(seconds),
            BitRate = (int)Math.Min(int.MaxValue, 8 * input.Length / seconds),
        });
    }

    // One second more than may be is asked for: then it is seen that there is more.
    private SampleStream Samples(string file, ByteSource input, AudioReadOptions options)
    {
        var length = options.Duration is { } part && part < options.MaxDuration ? part : options.MaxDuration;
        var seconds = Math.Min(options.Offset.TotalSeconds + length.TotalSeconds + 1, int.MaxValue);
        var most = Math.Min(Array.MaxLength - HeaderBytes, options.MaxDecodedBytes) + HeaderBytes;
        var run = new FfmpegRun(settings, ["-t", seconds.ToString(CultureInfo.InvariantCulture), "-i", file,
            "-map", "0:a:0", .. ForeignContent.IsDsd(input) ? DsdRate : [], "-f", "wav", "-c:a", "pcm_f32le", "pipe:1"]);
        var wav = run.Output(most, options.CancellationToken, options.Advice?.Larger);
        // ffmpeg writes the fmt chunk first. The WAV is none of whoever reads this: what it would be refused for is the input's.
        if (wav.Length >= RateAt + sizeof(uint)
            && BinaryPrimitives.ReadUInt32LittleEndian(wav.Span[RateAt..]) is var rate && !SampleRates.Contains(rate))
            throw new AudioFormatException($"its sample rate is {rate} Hz; {SampleRates.Range} are read");
        var samples = new WavFile().Open(ByteSource.Of(wav), options);
        options.RequireLength(samples.SampleCount, samples.SampleRate, " or more"); // what was asked for ends a second behind the limit
        options.LengthAtOnce(samples.SampleCount, samples.SampleRate, samples.ChannelCount);
        return new FfmpegStream(samples, FfmpegDamage.Find(run, options, (double)samples.SampleCount / samples.SampleRate));
    }

    private static T InFile<T>(ByteSource input, AudioReadOptions options, Func<string, T> use)
    {
        options.RequireBytes(input.Length);
        var folder = Directory.CreateTempSubdirectory("songmood-"); // nobody else may look into it
        try
        {
            var file = Path.Combine(folder.FullName, "input");
            using (var copy = File.Create(file))
                input.CopyTo(copy, options.CancellationToken);
            return use(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
