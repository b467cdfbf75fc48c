using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using SongMood.Tests.Trainers;
using SongMood.Trainers;
using SongMood.Training;
using TorchSharp;

namespace SongMood.Tests.Training;

/// <summary>
/// While a network trains, and only then, the product of two tiny numbers is zero: on the thread that trains, on the threads that share
/// its work, forward and backward.
/// </summary>
[Collection(nameof(Torch))]
public class SubnormalFlushTests
{
    private const int Threads = 3;
    private const long Count = 1 << 20; // torch shares out what has more than 32,768 values
    private static float _tiny = 1e-20f; // not constant, so that the processor multiplies and not the compiler

    private readonly MLContext _ml = new(1);

    [Fact]
    public void Tiny_products_are_zero_while_training_and_not_after()
    {
        Assert.SkipWhen(FloatControl.OfThisSystem is null, "how the flags are set on this system is not known");
        WithThreads(() =>
        {
            Assert.All(Products(), product => Assert.NotEqual(0, product)); // which makes torch's threads, with the flags as they are now
            var during = new List<float[]>();
            Fit(_ => during.Add(Products()));
            Assert.Equal(2, during.Count);
            Assert.All(during, products => Assert.All(products, product => Assert.Equal(0, product)));
            Assert.All(Products(), product => Assert.NotEqual(0, product));
        });
    }

    [Fact]
    public void Threads_that_torch_has_already_do_not_follow_by_themselves()
    {
        // What the flush is for: the test above would say nothing if torch's work were all done on the thread that calls.
        var control = FloatControl.OfThisSystem;
        Assert.SkipWhen(control is null, "how the flags are set on this system is not known");
        WithThreads(() =>
        {
            Products();
            control.Flags = control.Flush;
            try
            {
                Assert.Equal(0, ManagedProduct());
                Assert.InRange(ZeroShare(ForwardProducts()), 0.2, 0.5); // one part of three
                Assert.True(TorchThreads.ForEach(() => control.Flags = control.Flush));
                Assert.Equal(1, ZeroShare(ForwardProducts()));
            }
            finally
            {
                control.Flags = 0;
                TorchThreads.ForEach(() => control.Flags = 0);
            }
            Assert.Equal(0, ZeroShare(ForwardProducts()));
        });
    }

    [Fact]
    public void The_flags_are_as_before_after_a_fault_or_a_cancellation()
    {
        Assert.SkipWhen(FloatControl.OfThisSystem is null, "how the flags are set on this system is not known");
        WithThreads(() =>
        {
            var during = 1f;
            Assert.Throws<InvalidTimeZoneException>(() => Fit(_ =>
            {
                during = ManagedProduct();
                throw new InvalidTimeZoneException();
            }));
            Assert.Equal(0, during);
            Assert.All(Products(), product => Assert.NotEqual(0, product));

            using var stop = new CancellationTokenSource();
            var epochs = 0;
            Fit(report =>
            {
                epochs = report.Epoch;
                stop.Cancel();
            }, stop);
            Assert.Equal(1, epochs);
            Assert.All(Products(), product => Assert.NotEqual(0, product));
        });
    }

    [Fact]
    public void Flags_that_the_caller_had_stay()
    {
        var control = FloatControl.OfThisSystem;
        Assert.SkipWhen(control is null, "how the flags are set on this system is not known");
        WithThreads(() =>
        {
            control.Flags = control.Flush;
            try
            {
                Fit(_ => { });
                Assert.All(Products(), product => Assert.Equal(0, product));
            }
            finally
            {
                control.Flags = 0;
                TorchThreads.ForEach(() => control.Flags = 0);
            }
        });
    }

    [Fact]
    public void Where_flags_cannot_be_set_it_is_said_and_nothing_else_happens()
    {
        var messages = new List<string>();
        _ml.Log += (_, e) => messages.Add(e.RawMessage);
        using var channel = ((IHostEnvironment)_ml).Start("Test");
        using (new SubnormalFlush(channel, null))
            Assert.NotEqual(0, ManagedProduct());
        Assert.Contains(messages, message => message.StartsWith("Subnormal numbers cannot be flushed", StringComparison.Ordinal));
    }

    private void Fit(Action<EpochReport> then, CancellationTokenSource? stop = null)
    {
        var options = new LstmOptions
        {
            HiddenSize = 8,
            LinearSizes = [],
            BatchSize = 16,
            Epochs = 2,
            Threads = Threads,
            CancellationToken = stop?.Token ?? default,
            Progress = new MlpTrainerTests.Recorder([], then),
        };
        Toy.Pipeline(_ml, _ml.MulticlassClassification.Trainers.Lstm(options)).Fit(Toy.View(_ml, Toy.Clips(16), frames: 24));
    }

    private static void WithThreads(Action action)
    {
        var before = torch.get_num_threads();
        torch.set_num_threads(Threads);
        try
        {
            action();
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    /// <summary>Products of two tiny numbers: of .NET's, the smallest and largest of torch's forward, and of its backward.</summary>
    private static float[] Products()
    {
        using var scope = torch.NewDisposeScope();
        var forward = ForwardProducts();
        var x = torch.ones(Count, requires_grad: true);
        (x * torch.full(Count, _tiny)).backward([torch.full(Count, _tiny)]);
        return [ManagedProduct(), Min(forward), Max(forward), Min(x.grad!), Max(x.grad!)];

        // The least and the greatest by their bits, as comparisons of floats flush too.
        static float Min(torch.Tensor values) => Floats(values).MinBy(BitConverter.SingleToInt32Bits);
        static float Max(torch.Tensor values) => Floats(values).MaxBy(BitConverter.SingleToInt32Bits);
    }

    private static torch.Tensor ForwardProducts() => torch.full(Count, _tiny).mul_(torch.full(Count, _tiny));

    private static double ZeroShare(torch.Tensor values) =>
        Floats(values).Average(value => BitConverter.SingleToInt32Bits(value) == 0 ? 1 : 0);

    private static float[] Floats(torch.Tensor values) => values.data<float>().ToArray();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float ManagedProduct() => _tiny * _tiny;
}
