using SongMood.Audio.Mp3;
using SongMood.Audio.Pcm;

namespace SongMood.Audio.Wav;

/// <summary>
/// Reads RIFF/WAVE files (also RIFX, RF64 and BW64): PCM of 8 to 32 bits, IEEE floats, A-law and mu-law, plain or extensible; MP3 in a
/// WAV.
/// </summary>
internal sealed class WavFile : IStreamDecoder
{
    private static readonly Mp3File Mp3 = new();

    public IReadOnlyList<string> FileNameSuffixes { get; } = [".wav", ".wave"];

    public bool CanDecode(ByteSource input) => WavLayout.FindStart(input) >= 0;

    public AudioInfo Probe(ByteSource input, AudioReadOptions options)
    {
        var layout = WavLayout.Read(input, options.MaxTagBytes);
        return WavText.Read(input, layout, options.MaxTagBytes)
            .AddTo(layout.Format.Encoding == PcmEncoding.Mp3 ? Mp3.Probe(layout.Data(input), options) : layout.Info);
    }

    public SampleStream Open(ByteSource input, AudioReadOptions options)
    {
        var layout = WavLayout.Read(input, options.MaxTagBytes);
        return layout.Format.Encoding == PcmEncoding.Mp3
            ? Mp3.Open(layout.Data(input), options)
            : new PcmStream(layout, layout.Data(input), options);
    }

    public (SampleStream Samples, AudioInfo Info) OpenWithInfo(ByteSource input, AudioReadOptions options)
    {
        var layout = WavLayout.Read(input, options.MaxTagBytes);
        var (samples, info) = layout.Format.Encoding == PcmEncoding.Mp3
            ? Mp3.OpenWithInfo(layout.Data(input), options)
            : (new PcmStream(layout, layout.Data(input), options), layout.Info);
        return (samples, WavText.Read(input, layout, options.MaxTagBytes).AddTo(info));
    }
}
