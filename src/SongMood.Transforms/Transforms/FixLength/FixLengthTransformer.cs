using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace SongMood.Transforms;

/// <summary>Crops or pads waveforms and spectrograms to one length (see <see cref="FixLengthOptions"/>).</summary>
public sealed class FixLengthTransformer : VectorTransformer
{
    internal const string Name = "FixLength";
    private readonly FixLengthOptions _options;

    internal FixLengthTransformer(IHostEnvironment env, string outputColumnName, string? inputColumnName, FixLengthOptions options)
        : base(env, Name, outputColumnName, inputColumnName)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    private protected override object State => _options;

    private protected override string Expected => "a waveform (samples) or a spectrogram (bands, frames)";

    private protected override bool PromisesSize(bool inputSizeIsKnown) => true;

    private protected override ColumnForm DescribeVector(ColumnForm input)
    {
        if (!input.IsSpectrogram && !input.IsWaveform())
            throw Refusal(input.Name, input.DescribeType(), Expected);
        var count = CountFor(input);
        return input.IsSpectrogram ? input.Spectrogram(input.BandCount, count) : input.Waveform(count);
    }

    private protected override IVectorKernel CreateKernel(ColumnForm input) =>
        input.IsSpectrogram
            ? new Kernel(input.BandCount, CountFor(input), _options.Keep, _options.PadValue)
            : new Kernel(1, CountFor(input), _options.Keep, _options.PadValue ?? 0);

    private int CountFor(ColumnForm input)
    {
        var (bandCount, count) = (input.IsSpectrogram ? input.BandCount : 1, WantedCount(input));
        return bandCount * count <= MostValues ? (int)count : throw new ArgumentException(FormattableString.Invariant(
                $"{Name}: column '{input.Name}' would have {bandCount} x {count} values a row, but a row holds at most {MostValues}: ")
            + "ask for a smaller Count or fewer Seconds");
    }

    private double WantedCount(ColumnForm input)
    {
        if (_options.Count is { } count)
            return count;
        if (input.SampleRate is not { } rate || rate == ColumnForm.VaryingRate || (input.IsSpectrogram && input.HopLength is null))
            throw Refusal(input.Name, "without a known sample rate",
                "one that LoadAudio or a spectrogram transform wrote; or set Count instead of Seconds");
        var samples = Math.Round(_options.Seconds!.Value * rate);
        return input.IsSpectrogram ? 1 + Math.Floor(samples / input.HopLength!.Value) : Math.Max(1, samples);
    }

    private sealed class Kernel(int bandCount, int count, CropPart keep, float? padValue) : IVectorKernel
    {
        public long OutputLength(int inputLength) => (long)bandCount * count;

        public void Compute(ReadOnlySpan<float> input, Span<float> output)
        {
            var found = Frames.Count(input.Length, bandCount);
            if (found == 0)
                throw new InvalidDataException("the row is empty, expected at least one value");
            var kept = Math.Min(found, count);
            var start = keep switch
            {
                CropPart.Middle => (found - kept) / 2,
                CropPart.End => found - kept,
                _ => 0,
            };
            var padding = kept < count ? padValue ?? TensorPrimitives.Min(input) : 0;
            for (var band = 0; band < bandCount; band++)
            {
                var target = output.Slice(band * count, count);
                input.Slice(band * found + start, kept).CopyTo(target);
                target[kept..].Fill(padding);
            }
        }
    }
}
