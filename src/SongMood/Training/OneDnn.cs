using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace SongMood.Training;

/// <summary>
/// oneDNN computes libtorch's convolutions and LSTMs on a CPU, by code that it writes for the processor at hand. On some virtual ones that
/// code is wrong wherever channels do not fill whole vectors: libtorch 2.10 on a virtual AMD EPYC (Zen 5) gives a third of the right value,
/// or no number at all. So it is tried, once in a process, and left out where it is wrong: libtorch has code of its own.
/// </summary>
internal static class OneDnn
{
    // Channels in and out, kernel, length: each was wrong with AVX-512 or AVX2, forward or backward.
    private static readonly (int In, int Out, int Kernel, int Length)[] Tried =
        [(9, 8, 3, 20), (7, 8, 5, 30), (20, 24, 5, 15), (40, 64, 3, 308)];

    private static readonly Lazy<bool> IsWrong = new(() => Tried.Any(size => !IsRight(size.In, size.Out, size.Kernel, size.Length)));

    /// <exception cref="InvalidOperationException">It is wrong, and this libtorch does not let go of it.</exception>
    public static void LeaveOutWhereWrong(IChannel channel)
    {
        if (!IsWrong.Value)
            return;
        if (!TryLeaveOut())
            throw new InvalidOperationException("libtorch's convolutions are wrong on this processor: nothing right can be learnt with "
                + "them. Set the environment variable ONEDNN_MAX_CPU_ISA to SSE41 before the app starts.");
        channel.Info("libtorch's convolutions by oneDNN are wrong on this processor: training does without oneDNN. With the environment "
            + "variable ONEDNN_MAX_CPU_ISA set to SSE41, they are right, and may be faster than what is used now.");
    }

    /// <summary>
    /// Compares a convolution, and its gradient, with sums of products of shifted copies, all of small whole numbers, which are exact in
    /// any order.
    /// </summary>
    public static bool IsRight(int channelsIn, int channelsOut, int kernel, int length)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        var weights = Whole(5, channelsOut, channelsIn, kernel);
        var outside = Whole(3, 2, channelsOut, length);
        var (convolution, ofConvolution) = Run(x => nn.functional.conv1d(x, weights, padding: kernel / 2));
        var (sums, ofSums) = Run(x =>
            einsum("nclk,ock->nol", nn.functional.pad(x, [kernel / 2, kernel / 2]).unfold(2, kernel, 1), weights));
        return convolution.eq(sums).all().item<bool>() && ofConvolution.eq(ofSums).all().item<bool>();

        (Tensor Result, Tensor Gradient) Run(Func<Tensor, Tensor> layer)
        {
            var x = Whole(7, 2, channelsIn, length).requires_grad_();
            var result = layer(x);
            (result * outside).sum().backward();
            return (result.detach(), x.grad!);
        }
    }

    /// <summary>Numbers of about the same size below and above zero, in no simple order.</summary>
    private static Tensor Whole(int count, params long[] shape)
    {
        var numbers = new float[shape.Aggregate((a, b) => a * b)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = (i * 31 + i / 13) % count - count / 2;
        return tensor(numbers, shape);
    }

    /// <remarks>NNPACK would come next; where it does not know the processor it says so on the console, layer by layer.</remarks>
    private static bool TryLeaveOut()
    {
        if (!TorchContext.TrySet("setUserEnabledMkldnn", false))
            return false;
        TorchContext.TrySet("setUserEnabledNNPACK", false);
        return true;
    }
}
