using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Brings audio into a column: the part asked for, mono, at the rate asked for, padded. One for each cursor.</summary>
internal sealed class Excerpt(LoadAudioOptions options)
{
    private RateConverter? _converter;   // waveforms of a column mostly share a rate

    /// <summary>How to read a file so that <see cref="WriteAsRead"/> can take it: the reader cuts, mixes and resamples.</summary>
    public AudioReadOptions ReadOptions { get; } = new()
    {
        Offset = TimeSpan.FromSeconds(options.OffsetSeconds),
        Duration = options.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Mono = true,
        SampleRate = options.SampleRate,
        Quality = options.Quality,
        Decoders = options.Decoders,
    };

    /// <summary>Writes what was read with <see cref="ReadOptions"/>.</summary>
    public void WriteAsRead(Waveform read, ref VBuffer<float> target)
    {
        var samples = read.Channel(0);
        var editor = VBufferEditor.Create(ref target, options.FixedLength ? options.FixedSampleCount : samples.Length);
        var kept = Math.Min(samples.Length, editor.Values.Length);
        samples[..kept].CopyTo(editor.Values);
        editor.Values[kept..].Clear();
        target = editor.Commit();
    }

    /// <summary>
    /// Writes the same of samples of any rate and number of channels that are cut already: mixed, resampled, in librosa.load's order.
    /// </summary>
    public void Write(Waveform part, ref VBuffer<float> target)
    {
        ReadOnlySpan<float> mono = part.ChannelCount == 1 ? part.Channel(0) : part.ToMono();
        var toRate = options.SampleRate ?? part.SampleRate;
        if (_converter is null || _converter.FromHz != part.SampleRate || _converter.ToHz != toRate)
            _converter = new RateConverter(part.SampleRate, toRate);
        var resampled = new float[_converter.OutputLength(mono.Length)];
        _converter.Convert(mono, resampled);
        WriteAsRead(new Waveform([resampled], toRate), ref target);
    }

    /// <summary>The part asked for of decoded audio, in pieces of a length; the last may be shorter.</summary>
    /// <exception cref="InvalidDataException">There is no such part.</exception>
    public IEnumerable<Waveform> Pieces(Waveform whole, TimeSpan length)
    {
        var (start, count) = Cut(whole);
        var most = (int)Math.Clamp(Math.Round(length.TotalSeconds * whole.SampleRate), 1, count);
        if (most == whole.SampleCount)
            return [whole];
        return Enumerable.Range(0, (count + most - 1) / most).Select(piece =>
        {
            var from = start + piece * most;
            var channels = new float[whole.ChannelCount][];
            for (var channel = 0; channel < channels.Length; channel++)
                channels[channel] = whole.Channel(channel).Slice(from, Math.Min(most, start + count - from)).ToArray();
            return new Waveform(channels, whole.SampleRate, piece == 0 ? whole.Damage : AudioDamage.None);
        });
    }

    /// <summary>How long a piece must be at least, for all of what <see cref="LoadAudioOptions.FixedLength"/> pads to be in one.</summary>
    public TimeSpan ShortestPiece { get; } = options.FixedLength ? TimeSpan.FromSeconds(options.DurationSeconds!.Value) : TimeSpan.Zero;

    private (int Start, int Count) Cut(Waveform audio)
    {
        if (audio.SampleCount == 0)
            throw new InvalidDataException("the audio has no samples");
        var start = Math.Round(options.OffsetSeconds * audio.SampleRate);
        if (start >= audio.SampleCount)
            throw new InvalidDataException(
                $"the audio is {audio.Duration.TotalSeconds:0.###} s long; expected more than the offset of {options.OffsetSeconds} s");
        var rest = audio.SampleCount - (int)start;
        var wanted = Math.Max(1, Math.Round((options.DurationSeconds ?? double.MaxValue) * audio.SampleRate));
        return ((int)start, (int)Math.Min(rest, wanted));
    }
}
