namespace SongMood.Audio;

/// <summary>Audio that is decoded as it is read, from its first sample to its last.</summary>
internal abstract class SampleStream
{
    private const int DiscardLength = 4096;

    /// <summary>Samples a second.</summary>
    public abstract int SampleRate { get; }

    /// <summary>Rows of samples.</summary>
    public abstract int ChannelCount { get; }

    /// <summary>Samples a channel from first to last.</summary>
    public abstract long SampleCount { get; }

    /// <summary>
    /// What is lost of the input, all of it; of formats that only decoding tells it of (FLAC), what is known after what was read.
    /// </summary>
    public virtual AudioDamage Damage => AudioDamage.None;

    /// <summary>Writes the next samples of each channel; no more may be asked for than there are.</summary>
    public abstract void Read(float[][] target, int start, int count);

    /// <summary>Passes over samples.</summary>
    public virtual void Skip(long count)
    {
        var discarded = NewRows((int)Math.Min(count, DiscardLength));
        for (; count > 0; count -= Math.Min(count, DiscardLength))
            Read(discarded, 0, (int)Math.Min(count, DiscardLength));
    }

    /// <summary>Rows for this many samples, with whatever is in them.</summary>
    public float[][] NewRows(int count)
    {
        var rows = new float[ChannelCount][];
        for (var channel = 0; channel < rows.Length; channel++)
            rows[channel] = GC.AllocateUninitializedArray<float>(count);
        return rows;
    }

    /// <summary>The next samples as a waveform, with the damage unless it is what was told already.</summary>
    public virtual Waveform ReadWaveform(int count, AudioDamage? told = null)
    {
        var rows = NewRows(count);
        Read(rows, 0, count);
        return new Waveform(rows, SampleRate, Damage == told ? AudioDamage.None : Damage);
    }
}
