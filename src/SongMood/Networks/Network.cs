using SongMood.Scoring;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// A network that sorts rows into classes. A derived class describes it twice, side by side: as TorchSharp modules for training and
/// as ONNX nodes for scoring. In the graph every weight keeps the name and the layout that it has in TorchSharp's state dictionary,
/// so that training can go on from a graph; what ONNX wants otherwise is rearranged by nodes, which ONNX Runtime folds when it loads.
/// </summary>
internal abstract class Network : nn.Module<Tensor, (Tensor Embedding, Tensor Logits)>
{
    private const string MeanName = "input_mean";
    private const string ScaleName = "input_scale";

    protected Network(string name, InputShape input, int classCount) : base(name)
    {
        (Input, ClassCount) = (input, classCount);
        // Per feature, or per band over all frames: (size) or (size, 1), against rows of (size) or (size, frames).
        long[] perFeature = input.IsSequence ? [input.Size, 1] : [input.Size];
        register_buffer(MeanName, zeros(perFeature));
        register_buffer(ScaleName, ones(perFeature));
    }

    public InputShape Input { get; }

    public int ClassCount { get; }

    /// <summary>What is subtracted from the input; zero where inputs are not standardised.</summary>
    public Tensor InputMean => get_buffer(MeanName)!;

    /// <summary>What the centred input is multiplied by.</summary>
    public Tensor InputScale => get_buffer(ScaleName)!;

    /// <summary>Batch (rows, features) or (rows, bands, frames) -> embedding (rows, embedding size), logits (rows, classes).</summary>
    public sealed override (Tensor Embedding, Tensor Logits) forward(Tensor x)
    {
        // Torch's kernels abort the process on some mismatched shapes: check before any of them sees the batch.
        if (x.dim() != (Input.IsSequence ? 3 : 2) || x.size(1) != Input.Size)
            throw new ArgumentException($"The network takes batches of {Input}; this one is ({string.Join(", ", x.shape)}).", nameof(x));
        return Forward((x - InputMean) * InputScale);
    }

    protected abstract (Tensor Embedding, Tensor Logits) Forward(Tensor x);

    /// <summary>The same as <see cref="Forward"/> in evaluation mode, as ONNX nodes.</summary>
    protected abstract (string Embedding, string Logits) Export(OnnxLayers onnx, string x);

    /// <summary>How many values training adjusts.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Whether all its values are numbers.</summary>
    public bool IsFinite()
    {
        using var scope = NewDisposeScope();
        return state_dict().Values.All(values => values.isfinite().all().item<bool>());
    }

    /// <summary>Learns the scaling of the inputs from the training part.</summary>
    public void Standardize(ReadOnlySpan<float> means, ReadOnlySpan<float> deviations)
    {
        using var scope = no_grad();
        InputMean.bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(means).ToArray();
        var scales = new float[deviations.Length];
        for (var i = 0; i < scales.Length; i++)
        {
            // A feature that is constant but for rounding is only centred.
            var scale = 1 / deviations[i];
            scales[i] = deviations[i] > 1e-6f * MathF.Abs(means[i]) && float.IsFinite(scale) ? scale : 1;
        }
        InputScale.bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(scales).ToArray();
    }

    /// <summary>The network in evaluation mode as an ONNX graph.</summary>
    /// <param name="temperature">What the logits are divided by before the softmax.</param>
    public byte[] ToOnnx(float temperature = 1)
    {
        using var scope = NewDisposeScope();
        var graph = new OnnxGraphBuilder(GetName());
        var onnx = new OnnxLayers(graph, state_dict());
        object[] dimensions = Input.IsSequence ? ["batch", Input.Size, "frames"] : ["batch", Input.Size];
        var x = graph.Input(OnnxNetwork.InputName, dimensions);
        x = graph.Node("Sub", [x, onnx.Weights(MeanName)]);
        x = graph.Node("Mul", [x, onnx.Weights(ScaleName)]);
        var (embedding, logits) = Export(onnx, x);
        var scaled = graph.Node("Div", [logits, graph.Scalar("temperature", temperature)]);
        var probabilities = graph.Node("Softmax", [scaled], ("axis", -1));
        graph.Output(graph.Rename(probabilities, OnnxNetwork.ProbabilitiesName), "batch", ClassCount);
        graph.Output(graph.Rename(embedding, OnnxNetwork.EmbeddingName), "batch", EmbeddingSize);
        return graph.Build(OnnxNetwork.Describe(GetName(), Input));
    }

    /// <summary>How many activations the last hidden layer has.</summary>
    public abstract int EmbeddingSize { get; }

    /// <summary>Takes over the weights of a graph that <see cref="ToOnnx"/> wrote of a network of the same form.</summary>
    public void LoadOnnx(byte[] graph)
    {
        var weights = new OnnxWeights(graph);
        var faults = new List<string>();
        using var gradients = no_grad();
        foreach (var (name, tensor) in state_dict())
        {
            if (tensor.dtype != ScalarType.Float32)
                continue; // batch normalisation's counter of batches, which nothing reads
            if (!weights.TryGet(name, out var dimensions, out var values))
                faults.Add($"it has no '{name}'");
            else if (!dimensions.AsSpan().SequenceEqual(tensor.shape))
                faults.Add($"its '{name}' is ({string.Join(", ", dimensions)}), here it is ({string.Join(", ", tensor.shape)})");
            else
                tensor.bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(values).ToArray();
        }
        if (faults.Count > 0)
            throw new ArgumentException(
                $"The model to start from is no {GetName()} of this form: {string.Join("; ", faults)}. "
                + "Use the options that it was trained with.");
    }
}
