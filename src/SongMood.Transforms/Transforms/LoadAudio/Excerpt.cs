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
    /// Writes the same of a whole waveform, of any rate and number of channels: cut, mixed, resampled, in librosa.load's order.
    /// </summary>
    public void Write(Waveform whole, ref VBuffer<float> target)
    {
        var (start, count) = Cut(whole);
        ReadOnlySpan<float> mono = whole.ChannelCount == 1 ? whole.Channel(0) : whole.ToMono();
        var toRate = options.SampleRate ?? whole.SampleRate;
        if (_converter is null || _converter.FromHz != whole.SampleRate || _converter.ToHz != toRate)
            _converter = new RateConverter(whole.SampleRate, toRate);
        var resampled = new float[_converter.OutputLength(count)];
        _converter.Convert(mono.Slice(start, count), resampled);
        WriteAsRead(new Waveform([resampled], toRate), ref target);
    }

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
