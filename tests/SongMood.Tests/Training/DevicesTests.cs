using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Tests.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>What a GPU needs beyond a CPU. The tests of the trainers themselves run on a GPU where there is one: "auto" takes it.</summary>
[Collection(nameof(Torch))]
public class DevicesTests
{
    [Fact]
    public void A_gpu_that_is_full_says_what_to_do()
    {
        // The beginning of what libtorch 2.11 said on an H200.
        var full = new ExternalException("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 139.80 GiB\nat x");
        Assert.True(Devices.IsOutOfMemory(full));
        Assert.True(Devices.IsOutOfMemory(new ExternalException("CUDA error: out of memory\nCUDA kernel errors might be reported later")));
        Assert.False(Devices.IsOutOfMemory(new ExternalException("[enforce fail] DefaultCPUAllocator: not enough memory")));
        var message = Devices.OutOfMemory(full, 32).Message;
        Assert.Contains("32 rows at a time", message);
        Assert.Contains("Device = \"cpu\"", message);
        Assert.EndsWith("139.80 GiB", message);
    }

    [Fact]
    public void Settings_of_libtorch_are_found_by_their_names()
    {
        var before = TorchContext.TryGet("deterministicCuDNN");
        Assert.NotNull(before);
        Assert.True(TorchContext.TrySet("setDeterministicCuDNN", !before.Value));
        Assert.Equal(!before, TorchContext.TryGet("deterministicCuDNN"));
        Assert.True(TorchContext.TrySet("setDeterministicCuDNN", before.Value));
        Assert.Equal(before, TorchContext.TryGet("deterministicCuDNN"));
        Assert.Null(TorchContext.TryGet("noSuchSetting"));
        Assert.False(TorchContext.TrySet("setNoSuchSetting", true));
    }

    [Fact]
    public void One_seed_drops_the_same_on_a_gpu()
    {
        Assert.SkipUnless(torch.cuda.is_available(), "needs a CUDA device");
        float[] Drop()
        {
            TorchRandomness.Seed(7, torch.CUDA);
            using var scope = torch.NewDisposeScope();
            return torch.nn.functional.dropout(torch.ones(1000, device: torch.CUDA), 0.5, true).cpu().data<float>().ToArray();
        }
        var first = Drop();
        Assert.Contains(0, first);
        Assert.Equal(first, Drop());
    }

    [Fact]
    public void Convolutions_on_a_gpu_keep_one_order_only_while_a_network_trains()
    {
        Assert.SkipUnless(torch.cuda.is_available(), "needs a CUDA device");
        using var channel = ((IHostEnvironment)new MLContext(1)).Start(nameof(DevicesTests));
        Assert.False(TorchContext.TryGet("deterministicCuDNN"));
        using (TorchRandomness.InOneOrder(torch.CUDA, channel))
            Assert.True(TorchContext.TryGet("deterministicCuDNN"));
        Assert.False(TorchContext.TryGet("deterministicCuDNN"));
    }
}
