using SongMood.Dsp;

namespace SongMood.Audio;

/// <summary>One of the streams that follow each other in an input.</summary>
/// <param name="SampleCount">Samples a channel, at its own rate.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="OpenAt">Its samples from one of them on, with as many channels as the first part has.</param>
internal sealed record JoinedPart(long SampleCount, int SampleRate, Func<long, SampleStream> OpenAt);

/// <summary>Streams one behind the other; all go on at the first one's rate.</summary>
internal sealed class JoinedStream : SampleStream
{
    // Each brings tables of a few MiB, of odd rates up to 62. An MPEG version has three rates, a recorder two or three.
    private const int MostRates = 5;

    private readonly IReadOnlyList<JoinedPart> _parts;
    private readonly Dictionary<int, RateConverter> _converters = [];
    private readonly AudioDamage _damage;
    private SampleStream _part;
    private int _index;
    private long _left; // of the part

    /// <param name="parts">The streams.</param>
    /// <param name="channelCount">Channels of all of them.</param>
    /// <param name="start">The first sample, at the first one's rate.</param>
    /// <param name="count">How many samples; the last part must have those that the lengths do not add up to.</param>
    /// <param name="damage">What is lost of them, where it is known; null for nothing.</param>
    /// <exception cref="AudioFormatException">There are parts of too many sample rates.</exception>
    public JoinedStream(IReadOnlyList<JoinedPart> parts, int channelCount, long start, long count, AudioDamage? damage = null)
    {
        (_parts, ChannelCount, SampleCount, _damage) = (parts, channelCount, count, damage ?? AudioDamage.None);
        var rates = parts.Select(part => part.SampleRate).Distinct().ToList();
        if (rates.Count > MostRates)
            throw new AudioFormatException($"streams of {rates.Count} sample rates are joined here "
                + $"({string.Join(", ", rates.Take(MostRates))}, ...), and at most {MostRates} are read; take the streams apart");
        for (; _index < parts.Count - 1 && start >= LengthOf(_index); _index++)
            start -= LengthOf(_index);
        _part = Open(_index, start);
        _left = LengthOf(_index) - start;
    }

    public override int SampleRate => _parts[0].SampleRate;

    public override int ChannelCount { get; }

    public override long SampleCount { get; }

    public override AudioDamage Damage => _damage;

    /// <summary>Samples a channel of all parts, each so many at a rate, at the first one's rate.</summary>
    public static long LengthOf(IReadOnlyList<(long SampleCount, int SampleRate)> parts) =>
        parts.Sum(part => RateStream.LengthAt(part.SampleCount, part.SampleRate, parts[0].SampleRate));

    public override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            if (_left <= 0 && _index < _parts.Count - 1)
                (_part, _left) = (Open(++_index, 0), LengthOf(_index));
            var taken = _index == _parts.Count - 1 ? count : (int)Math.Min(count, _left);
            _part.Read(target, start, taken);
            _left -= taken;
            start += taken;
            count -= taken;
        }
    }

    private long LengthOf(int index) => RateStream.LengthAt(_parts[index].SampleCount, _parts[index].SampleRate, SampleRate);

    private SampleStream Open(int index, long start)
    {
        var part = _parts[index];
        if (part.SampleRate == SampleRate)
            return part.OpenAt(start);
        if (!_converters.TryGetValue(part.SampleRate, out var converter))
            _converters[part.SampleRate] = converter = new RateConverter(part.SampleRate, SampleRate);
        var converted = new RateStream(part.OpenAt(0), converter);
        converted.Skip(start);
        return converted;
    }
}
