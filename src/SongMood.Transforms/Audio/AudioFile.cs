using SongMood.Audio.Aiff;
using SongMood.Audio.Flac;
using SongMood.Audio.Mp3;
using SongMood.Audio.Wav;
using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>
/// Reads audio: MP3 (MPEG-1, 2 and 2.5 Layer III), WAV, AIFF, FLAC, and what added decoders read (<see cref="AudioReadOptions.Decoders"/>,
/// <see cref="Register"/>). Inputs are recognised by what they hold, whatever their name.
/// </summary>
/// <example><code>
/// var song = AudioFile.Read("song.mp3", new() { Mono = true, SampleRate = 22050 });
/// float[] samples = song.ToMono();
/// Console.WriteLine($"{AudioFile.Probe("song.mp3").Duration}: {samples.Length} samples");
/// </code></example>
public static partial class AudioFile
{
    private static readonly Lock RegisterLock = new();
    private static readonly IStreamDecoder[] Ours = [new WavFile(), new AiffFile(), new FlacFile(), new Mp3File()];
    private static IAudioDecoder[] _added = [];

    /// <summary>Our formats, for errors and advice.</summary>
    internal static string FormatNames => NamesOf([]);

    /// <summary>
    /// How the names of files end that are read here, with the point, in ordinal order: those of our formats and of registered decoders.
    /// They tell songs from other files in a folder (<see cref="AudioFolder"/>); a file that is named itself is known by what it holds.
    /// </summary>
    public static IReadOnlyList<string> FileNameSuffixes =>
        [.. _added.SelectMany(decoder => decoder.FileNameSuffixes).Concat(Ours.SelectMany(decoder => decoder.FileNameSuffixes))
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>Decodes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <exception cref="AudioFormatException">The file is missing, cannot be opened, or is no audio that we read.</exception>
    /// <exception cref="ArgumentException">The path is empty or the options are wrong; all faults are listed.</exception>
    public static Waveform Read(string path, AudioReadOptions? options = null) => FromFile(path, options, Decode);

    /// <summary>Decodes the bytes of an encoded file.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <exception cref="AudioFormatException">The bytes are no audio that we read.</exception>
    /// <exception cref="ArgumentException">The options are wrong; all faults are listed.</exception>
    public static Waveform Read(ReadOnlyMemory<byte> bytes, AudioReadOptions? options = null) => FromBytes(bytes, options, Decode);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, AudioReadOptions?)"/>
    public static Waveform Read(byte[] bytes, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return FromBytes(bytes, options, Decode);
    }

    /// <summary>Decodes a stream from where it stands to its end; it need not be seekable and is left open.</summary>
    /// <param name="stream">A readable stream.</param>
    /// <param name="options">What to read and in which form; null for all as it is, within the default limits.</param>
    /// <exception cref="AudioFormatException">The stream holds no audio that we read.</exception>
    /// <exception cref="ArgumentException">The stream cannot be read or the options are wrong; all faults are listed.</exception>
    public static Waveform Read(Stream stream, AudioReadOptions? options = null) => FromStream(stream, options, Decode);

    /// <summary>
    /// Says what a file holds without decoding it: rate, channels, duration, bit rate and the common text tags. It reads only the ends of a
    /// WAV, and of an MP3 whose first frame (Xing, Info, VBRI) tells of as many bytes as there are. Any other MP3 is read through
    /// once, as only its frames tell how long it is. What an added decoder reads is taken into memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The limits; null for the defaults. What to read and in which form does not matter here.</param>
    /// <exception cref="AudioFormatException">The file is missing, cannot be opened, or is no audio that we read.</exception>
    /// <exception cref="ArgumentException">The path is empty or the options are wrong; all faults are listed.</exception>
    public static AudioInfo Probe(string path, AudioReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options = Checked(options);
        return InputBytes.InFile(path, () =>
        {
            using var stream = InputBytes.Open(path);
            return Probe(stream, options);
        });
    }

    /// <inheritdoc cref="Probe(string, AudioReadOptions?)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="bytes">All of the file.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    public static AudioInfo Probe(ReadOnlyMemory<byte> bytes, AudioReadOptions? options = null) => FromBytes(bytes, options, ProbeBytes);

    /// <inheritdoc cref="Probe(string, AudioReadOptions?)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="bytes">All of the file.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    public static AudioInfo Probe(byte[] bytes, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return FromBytes(bytes, options, ProbeBytes);
    }

    /// <inheritdoc cref="Probe(string, AudioReadOptions?)" path="/summary|/exception|/remarks|/returns"/>
    /// <param name="stream">
    /// A readable stream, from where it stands to its end; it is left open. One that cannot seek is taken into memory first, within
    /// <see cref="AudioReadOptions.MaxBytes"/>.
    /// </param>
    /// <param name="options">The limits; null for the defaults.</param>
    public static AudioInfo Probe(Stream stream, AudioReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options = Checked(options);
        using var input = InputBytes.Source(stream, options);
        return Probe(input, options);
    }

    /// <summary>
    /// Adds a decoder for the rest of the process: an app's choice. The last one added is asked first, our own last; for one call,
    /// use <see cref="AudioReadOptions.Decoders"/>.
    /// </summary>
    /// <param name="decoder">The decoder.</param>
    public static void Register(IAudioDecoder decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        lock (RegisterLock)
            _added = [decoder, .. _added];
    }

    private static T FromFile<T>(string path, AudioReadOptions? options, Func<ReadOnlyMemory<byte>, AudioReadOptions, T> use)
    {
        options = Checked(options);
        var bytes = InputBytes.FromFile(path, options);
        try
        {
            return use(bytes, options);
        }
        catch (AudioFormatException e)
        {
            throw e.InFile(path);
        }
    }

    private static T FromBytes<T>(
        ReadOnlyMemory<byte> bytes, AudioReadOptions? options, Func<ReadOnlyMemory<byte>, AudioReadOptions, T> use)
    {
        options = Checked(options);
        options.RequireBytes(bytes.Length);
        return use(bytes, options);
    }

    private static T FromStream<T>(Stream stream, AudioReadOptions? options, Func<ReadOnlyMemory<byte>, AudioReadOptions, T> use)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options = Checked(options);
        return use(InputBytes.FromStream(stream, options), options);
    }

    private static AudioReadOptions Checked(AudioReadOptions? options)
    {
        options ??= AudioReadOptions.Default;
        options.Validate();
        return options;
    }

    private static IStreamDecoder Find(ByteSource input, AudioReadOptions options)
    {
        IAudioDecoder[] theirs = [.. options.Decoders ?? [], .. _added];
        foreach (var decoder in theirs.Select(AddedDecoder.Of))
            if (decoder.CanDecode(input))
                return decoder;
        if (input.Length == 0)
            throw new AudioFormatException($"the input is empty (0 bytes); {NamesOf(theirs)} are read", frameIndex: 0, bytePosition: 0);
        foreach (var decoder in Ours)
            if (decoder.CanDecode(input))
                return decoder;
        var advice = ForeignContent.IsOfFormats(input)
            ? "; add the package SongMood.Formats, which reads it, and call AudioFormats.AddAll()"
            : ForeignContent.FindMedia(input) is null ? "" : "; install ffmpeg, with which the package SongMood.Formats reads it";
        throw new AudioFormatException(
            $"this is {ForeignContent.Describe(input)}; {NamesOf(theirs)} are read{advice}", frameIndex: 0, bytePosition: 0);
    }

    private static string NamesOf(IAudioDecoder[] added)
    {
        string[] names = ["MP3", "WAV", "FLAC", "AIFF", .. added.Select(decoder => decoder.FormatName).OfType<string>().Distinct()];
        return $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    private static AudioInfo ProbeBytes(ReadOnlyMemory<byte> bytes, AudioReadOptions options) => Probe(ByteSource.Of(bytes), options);

    private static AudioInfo Probe(ByteSource input, AudioReadOptions options) => Find(input, options).Probe(input, options);

    private static Waveform Decode(ReadOnlyMemory<byte> bytes, AudioReadOptions options)
    {
        var input = ByteSource.Of(bytes);
        var samples = Find(input, options).Open(input, options);
        var wave = samples.ReadWaveform(options.LengthAtOnce(samples.SampleCount, samples.SampleRate, samples.ChannelCount));
        if (options.Mono && wave.ChannelCount > 1)
            wave = new Waveform([wave.ToMono()], wave.SampleRate, wave.Damage);
        if (options.SampleRate is not { } rate || rate == wave.SampleRate)
            return wave;
        options.RequireRoom(RateStream.LengthAt(wave.SampleCount, wave.SampleRate, rate), wave.ChannelCount);
        var converter = Resampler.Converter(wave.SampleRate, rate);
        var channels = new float[wave.ChannelCount][];
        for (var channel = 0; channel < channels.Length; channel++)
        {
            channels[channel] = GC.AllocateUninitializedArray<float>(converter.OutputLength(wave.SampleCount));
            converter.Convert(wave.Channel(channel), channels[channel], options.CancellationToken);
        }

        return new Waveform(channels, rate, wave.Damage);
    }
}
