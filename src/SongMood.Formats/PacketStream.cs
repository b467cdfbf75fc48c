using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>Samples that are made a packet at a time.</summary>
internal abstract class PacketStream : SampleStream
{
    private float[][] _rows = [];
    private int _at, _count; // the next of those that are there

    public sealed override void Read(float[][] target, int start, int count)
    {
        while (count > 0)
        {
            while (_at == _count)
                PlayNext();
            var taken = Math.Min(count, _count - _at);
            for (var channel = 0; channel < target.Length; channel++)
                _rows[channel].AsSpan(_at, taken).CopyTo(target[channel].AsSpan(start));
            _at += taken;
            start += taken;
            count -= taken;
        }
    }

    /// <summary>Plays the next packet, and tells by <see cref="Give"/> what came of it, which may be nothing.</summary>
    /// <exception cref="AudioFormatException">Its samples cannot be used.</exception>
    protected abstract void PlayNext();

    /// <summary>Sets what is read next, until all of it is.</summary>
    /// <param name="rows">Samples of each channel, which stay as they are so long.</param>
    /// <param name="from">The first that is wanted.</param>
    /// <param name="end">The one behind the last.</param>
    protected void Give(float[][] rows, int from, int end) => (_rows, _at, _count) = (rows, from, end);
}
