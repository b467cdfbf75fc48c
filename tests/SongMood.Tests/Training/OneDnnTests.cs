using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Tests.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>
/// On some virtual processors oneDNN, in libtorch, gets convolutions wrong. Where networks are trained they are right, on any processor:
/// exactly so, as all numbers here are whole and small.
/// </summary>
[Collection(nameof(Torch))]
public class OneDnnTests
{
    [Theory]
    [InlineData(9, 8, 3, 20)]
    [InlineData(7, 8, 5, 30)]
    [InlineData(20, 24, 5, 15)]
    [InlineData(24, 16, 5, 8)]
    [InlineData(40, 64, 3, 308)]
    [InlineData(1, 33, 3, 17)]
    [InlineData(13, 1, 7, 9)]
    public void Convolutions_are_right_once_a_network_may_be_trained(int channelsIn, int channelsOut, int kernel, int length)
    {
        using var channel = ((IHostEnvironment)new MLContext(1)).Start(nameof(OneDnnTests));
        OneDnn.LeaveOutWhereWrong(channel);

        var random = new Random(1);
        var (x, weights, outside) = (Whole(random, channelsIn * length), Whole(random, channelsOut * channelsIn * kernel),
            Whole(random, channelsOut * length));
        using var input = torch.tensor(x, [1, channelsIn, length], requires_grad: true);
        using var output = torch.nn.functional.conv1d(input, torch.tensor(weights, [channelsOut, channelsIn, kernel]), padding: kernel / 2);
        (output * torch.tensor(outside, [1, channelsOut, length])).sum().backward();

        var (right, rightGradient) = (new float[channelsOut * length], new float[channelsIn * length]);
        for (var o = 0; o < channelsOut; o++)
            for (var i = 0; i < channelsIn; i++)
                for (var k = 0; k < kernel; k++)
                    for (var to = 0; to < length; to++)
                        if (to + k - kernel / 2 is var from && from >= 0 && from < length)
                        {
                            var weight = weights[(o * channelsIn + i) * kernel + k];
                            right[o * length + to] += x[i * length + from] * weight;
                            rightGradient[i * length + from] += outside[o * length + to] * weight;
                        }
        Assert.Equal(right, output.data<float>().ToArray());
        Assert.Equal(rightGradient, input.grad!.data<float>().ToArray());
        Assert.True(OneDnn.IsRight(channelsIn, channelsOut, kernel, length));
    }

    private static float[] Whole(Random random, int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
            numbers[i] = random.Next(-3, 4);
        return numbers;
    }
}
