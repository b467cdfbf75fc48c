using SongMood.Evaluation;
using SongMood.Networks;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace SongMood.Training;

/// <summary>Measures a network over the whole validation part, as it will score: whole rows, no dropout, running statistics.</summary>
internal sealed class Validation(TrainingData data, int[] rows, int batchSize)
{
    private readonly int[] _labels = [.. rows.Select(row => (int)data.Labels[row])];
    private readonly float[] _logits = new float[rows.Length * data.ClassCount];

    /// <summary>The plain cross entropy and the accuracy over all rows.</summary>
    public (double Loss, double Accuracy) Measure(Network network)
    {
        network.eval();
        using (inference_mode())
            Score(network);
        network.train();
        return (CrossEntropy(), Accuracy());
    }

    /// <summary>The temperature for the network that was measured last.</summary>
    public float FitTemperature() => (float)TemperatureScaling.Fit(
        [.. _logits.Chunk(data.ClassCount).Select(row => Array.ConvertAll(row, logit => (double)logit))], _labels, isKept: true);

    private void Score(Network network)
    {
        // Rows of one length make a batch together; places remembers where each row's logits belong.
        foreach (var equal in Enumerable.Range(0, rows.Length).GroupBy(place => data.Lengths[rows[place]]))
            foreach (var places in equal.Chunk(batchSize))
            {
                using var scope = NewDisposeScope();
                var batch = data.Batch([.. places.Select(place => rows[place])]);
                var logits = network.call(batch).Logits.cpu().data<float>().ToArray();
                for (var i = 0; i < places.Length; i++)
                    logits.AsSpan(i * data.ClassCount, data.ClassCount).CopyTo(_logits.AsSpan(places[i] * data.ClassCount));
            }
    }

    private double CrossEntropy()
    {
        var total = 0.0;
        for (var row = 0; row < _labels.Length; row++)
        {
            var scores = _logits.AsSpan(row * data.ClassCount, data.ClassCount);
            double highest = TensorPrimitives.Max<float>(scores);
            var sum = 0.0;
            foreach (var score in scores)
                sum += Math.Exp(score - highest);
            total += Math.Log(sum) + highest - scores[_labels[row]];
        }
        return total / _labels.Length;
    }

    private double Accuracy()
    {
        var right = 0;
        for (var row = 0; row < _labels.Length; row++)
            if (TensorPrimitives.IndexOfMax<float>(_logits.AsSpan(row * data.ClassCount, data.ClassCount)) == _labels[row])
                right++;
        return (double)right / _labels.Length;
    }
}
