using Microsoft.ML.Runtime;
using SongMood.Dsp;
using SongMood.Dsp.Descriptors;

namespace SongMood.Transforms;

/// <summary>Computes the mel spectrogram of a waveform column (see <see cref="MelSpectrogramOptions"/>).</summary>
public sealed class MelSpectrogramTransformer : VectorTransformer
{
    internal const string Name = "MelSpectrogram";
    private readonly MelSpectrogramOptions _options;

    internal MelSpectrogramTransformer(
        IHostEnvironment env, string outputColumnName, string? inputColumnName, MelSpectrogramOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>
    /// Whether the descriptors' frames (<see cref="MusicDescriptorExtractor"/>) give the same: then one transform of a waveform does for
    /// both.
    /// </summary>
    internal bool IsOfDescriptors => _options == new MelSpectrogramOptions();

    private protected override object State => _options;

    private protected override string Expected => Waveforms.Expected;

    private protected override IEnumerable<string> PromisesAnnotations(IEnumerable<string> handedOn) =>
        [ColumnAnnotations.SampleRate, ColumnAnnotations.HopLength];

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        if (!input.IsWaveform())
            throw Refusal(input.Name, input.DescribeType(), Expected);
        if (input.RateFault(_options.SampleRate, "MelSpectrogramOptions.SampleRate") is { } fault)
            throw new ArgumentException($"{Name}: {fault}");
        input.RequireFrame(this, _options.ToSpectrogramOptions());
        var frameCount = input.Size == 0 ? 0 : new MelSpectrogram(_options).FrameCount(input.Size);
        return input.Spectrogram(_options.BandCount, frameCount) with
        {
            SampleRate = _options.SampleRate,
            HopLength = _options.HopLength,
            IsNormalized = false,
        };
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) => new Kernel(_options);

    private sealed class Kernel(MelSpectrogramOptions options) : IVectorKernel
    {
        private readonly MelSpectrogram _mel = new(options);

        public long OutputLength(int inputLength) => (long)_mel.BandCount * _mel.FrameCount(inputLength);

        public void Compute(ReadOnlySpan<float> input, Span<float> output) => _mel.Compute(input, output);
    }
}
