using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Brings audio into a column: the part asked for, mono, at the rate asked for, padded. One for each cursor.</summary>
internal sealed class Excerpt(LoadAudioOptions options)
{
    private const string Part = $"load a part of it, with {nameof(LoadAudioOptions)}.{nameof(LoadAudioOptions.DurationSeconds)}";

    private readonly float[][] _samples = [[]];
    private readonly KeptRows _channels = new(), _toConvert = new(), _converted = new();

    /// <summary>How to read a file so that <see cref="WriteAsRead"/> can take it: the reader cuts, mixes and resamples.</summary>
    public AudioReadOptions ReadOptions { get; } = new()
    {
        Offset = TimeSpan.FromSeconds(options.OffsetSeconds),
        Duration = options.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Mono = true,
        SampleRate = options.SampleRate,
        Quality = options.Quality,
        Decoders = options.Decoders,
        Advice = (Part, AudioReadOptions.TakePart),
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
    /// A stream in the column's form: mixed, then resampled, in librosa.load's order. It is read before the next one is made.
    /// </summary>
    public SampleStream InForm(SampleStream samples)
    {
        var mono = MonoStream.Of(samples, _channels);
        return options.SampleRate is { } rate && rate != mono.SampleRate
            ? new RateStream(mono, Resampler.Converter(mono.SampleRate, rate), _toConvert, _converted) : mono;
    }

    /// <summary>Writes the next samples of a stream that is in the column's form. They stay as long as no others are written.</summary>
    public void WriteNext(SampleStream samples, int count, ref VBuffer<float> target)
    {
        var length = options.FixedLength ? options.FixedSampleCount : count;
        if (_samples[0].Length < length)
            _samples[0] = new float[length];
        var kept = Math.Min(count, length);
        samples.Read(_samples, 0, kept);
        samples.Skip(count - kept);
        _samples[0].AsSpan(kept, length - kept).Clear();
        target = new VBuffer<float>(length, _samples[0]);
    }

    /// <summary>How long a piece must be at least, for all of what <see cref="LoadAudioOptions.FixedLength"/> pads to be in one.</summary>
    public TimeSpan ShortestPiece { get; } = options.FixedLength ? TimeSpan.FromSeconds(options.DurationSeconds!.Value) : TimeSpan.Zero;
}
