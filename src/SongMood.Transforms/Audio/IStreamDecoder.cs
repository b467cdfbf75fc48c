namespace SongMood.Audio;

/// <summary>A decoder of ours, which needs no more than a window of the input at a time.</summary>
internal interface IStreamDecoder
{
    /// <inheritdoc cref="IAudioDecoder.FileNameSuffixes"/>
    IReadOnlyList<string> FileNameSuffixes { get; }

    /// <inheritdoc cref="IAudioDecoder.CanDecode"/>
    bool CanDecode(ByteSource input);

    /// <inheritdoc cref="IAudioDecoder.Probe(ReadOnlyMemory{byte}, AudioReadOptions)"/>
    AudioInfo Probe(ByteSource input, AudioReadOptions options);

    /// <summary>Opens the part that the options ask for, at the input's own rate or a multiple of the one wanted.</summary>
    /// <exception cref="AudioFormatException">The input is damaged.</exception>
    SampleStream Open(ByteSource input, AudioReadOptions options);

    /// <summary>Both, from one look at the input.</summary>
    /// <exception cref="AudioFormatException">The input is damaged.</exception>
    (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options);
}
