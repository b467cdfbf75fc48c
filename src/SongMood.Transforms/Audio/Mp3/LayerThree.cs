namespace SongMood.Audio.Mp3;

/// <summary>Layer III alone.</summary>
internal sealed class LayerThree : IMpegLayers
{
    public static LayerThree Instance { get; } = new();

    public string Name => "MPEG Layer III";

    public bool HasHalfRate => true;

    public bool Has(int layer) => layer == 3;

    public IFrameGate MakeGate() => new FrameGate();

    public IFrameDecoder MakeDecoder(FrameForm form) =>
        form.RateDivisor == 2 ? new HalfRateDecoder(form.IsOdd, form.IsShaped) : new FrameDecoder();
}
