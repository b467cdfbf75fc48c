using Microsoft.ML.Runtime;
using SongMood.Dsp;

namespace SongMood.Transforms;

/// <summary>Computes the short-time Fourier spectrogram of a waveform column (see <see cref="SpectrogramOptions"/>).</summary>
public sealed class SpectrogramTransformer : VectorTransformer
{
    internal const string Name = "Spectrogram";
    private readonly SpectrogramOptions _options;
    private readonly int _binCount;

    internal SpectrogramTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, SpectrogramOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _binCount = new Spectrogram(_options).BinCount;
    }

    private protected override object State => _options;

    private protected override string Expected => Waveforms.Expected;

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) =>
        handedOn.Where(kind => kind == ColumnAnnotations.SampleRate).Append(ColumnAnnotations.HopLength);

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        if (!input.IsWaveform())
            throw Refusal(input.Name, input.DescribeType(), Expected);
        input.RequireFrame(this, _options);
        var frameCount = input.Size == 0 ? 0 : new Spectrogram(_options).FrameCount(input.Size);
        return input.Spectrogram(_binCount, frameCount) with { HopLength = _options.HopLength, IsNormalized = false };
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(_options);

    private sealed class Kernel(SpectrogramOptions options) : IVectorKernel
    {
        private readonly Spectrogram _spectrogram = new(options);

        public long OutputLength(int inputLength) => (long)_spectrogram.BinCount * _spectrogram.FrameCount(inputLength);

        public void Compute(ReadOnlySpan<float> input, Span<float> output) => _spectrogram.Compute(input, output);
    }
}
