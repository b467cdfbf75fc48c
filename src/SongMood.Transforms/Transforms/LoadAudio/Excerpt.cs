using Microsoft.ML.Data;
using SongMood.Audio;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Cuts, mixes to mono, resamples and pads what was decoded, in librosa.load's order. One for each cursor.</summary>
internal sealed class Excerpt(LoadAudioOptions options)
{
    private RateConverter? _converter;   // files of a column mostly share a rate

    /// <summary>What to decode: nothing after the excerpt, to a millisecond; <see cref="Cut"/> then counts samples.</summary>
    public AudioReadOptions ReadOptions { get; } = new()
    {
        Duration = options.DurationSeconds is { } seconds ? TimeSpan.FromSeconds(options.OffsetSeconds + seconds + 0.001) : null,
    };

    public void Write(Waveform audio, ref VBuffer<float> target)
    {
        var (start, count) = Cut(audio);
        ReadOnlySpan<float> mono = audio.ChannelCount == 1 ? audio.Channel(0) : audio.ToMono();
        mono = mono.Slice(start, count);
        var toRate = options.SampleRate ?? audio.SampleRate;
        if (_converter is null || _converter.FromHz != audio.SampleRate || _converter.ToHz != toRate)
            _converter = new RateConverter(audio.SampleRate, toRate);

        var resampled = _converter.OutputLength(count);
        if (!options.FixedLength || options.FixedSampleCount == resampled)
        {
            var exact = VBufferEditor.Create(ref target, resampled);
            _converter.Convert(mono, exact.Values);
            target = exact.Commit();
            return;
        }
        var padded = VBufferEditor.Create(ref target, options.FixedSampleCount);
        var kept = Math.Min(resampled, padded.Values.Length);
        if (kept == resampled)
            _converter.Convert(mono, padded.Values[..kept]);
        else
            Resampler.Resample(mono, audio.SampleRate, toRate).AsSpan(0, kept).CopyTo(padded.Values);   // a rounding's worth too many
        padded.Values[kept..].Clear();
        target = padded.Commit();
    }

    private (int Start, int Count) Cut(Waveform audio)
    {
        if (audio.SampleCount == 0)
            throw new InvalidDataException("the file holds no audio");
        var start = Math.Round(options.OffsetSeconds * audio.SampleRate);
        if (start >= audio.SampleCount)
            throw new InvalidDataException(
                $"the audio is {audio.Duration.TotalSeconds:0.###} s long; expected more than the offset of {options.OffsetSeconds} s");
        var rest = audio.SampleCount - (int)start;
        var wanted = Math.Max(1, Math.Round((options.DurationSeconds ?? double.MaxValue) * audio.SampleRate));
        return ((int)start, (int)Math.Min(rest, wanted));
    }
}
