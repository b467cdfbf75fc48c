namespace SongMood.Networks;

/// <summary>
/// TorchSharp's recurrent layers as ONNX nodes. Both keep the gates' weights stacked along the first axis, in orders of their own;
/// the parts are split and put together anew by nodes, so that the graph's constants stay TorchSharp's.
/// </summary>
internal sealed class OnnxRecurrence(OnnxLayers onnx, string layer, RecurrentCell cell, int hiddenSize, bool bidirectional)
{
    // Where each of ONNX's gates stands among TorchSharp's: LSTM i o f c of i f g o, GRU z r h of r z n.
    private readonly int[] _gates = cell switch
    {
        RecurrentCell.Lstm => [0, 3, 1, 2],
        RecurrentCell.Gru => [1, 0, 2],
        _ => [0],
    };

    /// <summary>
    /// Sequence (frames, rows, size) -> all states (frames, rows, directions * hidden), last states (rows, directions * hidden).
    /// </summary>
    public (string States, string Last) Run(string x, int layers)
    {
        var last = "";
        for (var i = 0; i < layers; i++)
            (x, last) = RunLayer(x, i);
        return (x, last);
    }

    private (string States, string Last) RunLayer(string x, int index)
    {
        var graph = onnx.Graph;
        string[] directions = bidirectional ? ["", "_reverse"] : [""];
        string Both(Func<string, string> part) => graph.Node("Concat", directions.Select(part).ToArray(), ("axis", 0));
        var w = Both(direction => Unsqueeze(Reorder($"weight_ih_l{index}{direction}")));
        var r = Both(direction => Unsqueeze(Reorder($"weight_hh_l{index}{direction}")));
        var b = Both(direction => Unsqueeze(graph.Node("Concat",
            [Reorder($"bias_ih_l{index}{direction}"), Reorder($"bias_hh_l{index}{direction}")], ("axis", 0))));
        List<(string, object)> attributes = [("hidden_size", hiddenSize), ("direction", bidirectional ? "bidirectional" : "forward")];
        if (cell == RecurrentCell.Gru)
            attributes.Add(("linear_before_reset", 1)); // as torch: the reset gate acts on the recurrent product, its bias included
        var outputs = graph.Nodes(cell.ToString().ToUpperInvariant(), 2, [x, w, r, b], [.. attributes]);
        // (frames, directions, rows, hidden) -> (frames, rows, directions * hidden)
        var states = graph.Node("Transpose", [outputs[0]], ("perm", new long[] { 0, 2, 1, 3 }));
        states = graph.Node("Reshape", [states, graph.Integers("merged", 0, 0, -1)]);
        // (directions, rows, hidden) -> (rows, directions * hidden)
        var last = graph.Node("Transpose", [outputs[1]], ("perm", new long[] { 1, 0, 2 }));
        last = graph.Node("Reshape", [last, graph.Integers("merged", 0, -1)]);
        return (states, last);
    }

    private string Reorder(string name)
    {
        var weights = onnx.Weights($"{layer}.{name}");
        if (_gates.Length == 1)
            return weights;
        var parts = onnx.Graph.Nodes("Split", _gates.Length, [weights], ("axis", 0));
        return onnx.Graph.Node("Concat", _gates.Select(gate => parts[gate]).ToArray(), ("axis", 0));
    }

    private string Unsqueeze(string x) => onnx.Graph.Node("Unsqueeze", [x, onnx.Graph.Integers("axis", 0)]);
}
