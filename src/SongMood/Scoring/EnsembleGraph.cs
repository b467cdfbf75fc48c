namespace SongMood.Scoring;

/// <summary>Which of the members' values are put side by side.</summary>
internal enum MemberValues
{
    /// <summary>Each class's probability, as each member sees it.</summary>
    Probabilities,

    /// <summary>The logarithms of those: the logits, less a constant a row and member.</summary>
    LogProbabilities,

    /// <summary>The activations before each member's last layer.</summary>
    Embeddings,
}

/// <summary>Writes the graphs of several members and their combiner as one.</summary>
internal sealed class EnsembleGraph
{
    /// <summary>Probabilities below this count as it: a logarithm of nothing at all would outvote everyone.</summary>
    public const float LeastProbability = 1e-7f;

    private readonly OnnxGraphBuilder _graph = new("Ensemble");
    private readonly IReadOnlyList<FittedMember> _members;
    private readonly string[] _classNames;
    private readonly string[] _probabilities; // of each member, in the order of the ensemble's classes: (batch, classes)
    private readonly string[] _embeddings; // (batch, embedding size)

    /// <param name="members">Two or more.</param>
    /// <param name="classNames">The classes in the order in which the ensemble is to have them.</param>
    public EnsembleGraph(IReadOnlyList<FittedMember> members, string[] classNames)
    {
        (_members, _classNames) = (members, classNames);
        _probabilities = new string[members.Count];
        _embeddings = new string[members.Count];
        for (var m = 0; m < members.Count; m++)
        {
            (_probabilities[m], _embeddings[m]) = _graph.Import(members[m].Graph, $"member{m}_");
            var order = members[m].PlacesOf(classNames);
            if (!order.SequenceEqual(Enumerable.Range(0, order.Length).Select(place => (long)place)))
                _probabilities[m] = _graph.Node("Gather", [_probabilities[m], _graph.Integers($"member{m}_order", order)], ("axis", 1));
        }
    }

    /// <summary>The mean of the members' probabilities, beside the values that a combiner is to be fitted on as the embedding.</summary>
    public byte[] ForFitting(MemberValues values) => Finish("members", Mean(EqualWeights), SideBySide(values), SizeOf(values));

    public byte[] Average() => Finish("average", Mean(EqualWeights), SideBySide(MemberValues.Embeddings), SizeOf(MemberValues.Embeddings));

    /// <param name="weights">One for each member; together 1.</param>
    public byte[] WeightedAverage(IReadOnlyList<float> weights) =>
        Finish("weighted average", Mean(weights), SideBySide(MemberValues.Embeddings), SizeOf(MemberValues.Embeddings));

    /// <summary>
    /// (votes + mean probability) / (members + 1): sums to 1, follows the votes, and the mean decides where they are even. It is never
    /// more than a vote, and 1 only where all members vote for that class.
    /// </summary>
    public byte[] Vote()
    {
        // The first of a member's highest probabilities gets its vote.
        string[] votes = [.. _probabilities.Select(probability => _graph.Node("Hardmax", [probability], ("axis", -1)))];
        var counted = _graph.Node("Sum", [.. votes, Mean(EqualWeights)]); // (batch, classes)
        var shares = _graph.Node("Div", [counted, _graph.Scalar("vote_count", votes.Length + 1)]);
        return Finish("vote", shares, SideBySide(MemberValues.Embeddings), SizeOf(MemberValues.Embeddings));
    }

    /// <param name="values">What the head was trained on.</param>
    /// <param name="head">Its graph.</param>
    /// <param name="headEmbeddingSize">The size of its embedding.</param>
    public byte[] Headed(MemberValues values, byte[] head, int headEmbeddingSize)
    {
        var (probabilities, embedding) = _graph.Import(head, "head_", SideBySide(values));
        return Finish($"head on {values}", probabilities, embedding, headEmbeddingSize);
    }

    private float[] EqualWeights => [.. _members.Select(_ => 1f / _members.Count)];

    private string Mean(IReadOnlyList<float> weights) => _graph.Node("Sum", [.. _probabilities.Select((probability, m) =>
        _graph.Node("Mul", [probability, _graph.Scalar($"member{m}_weight", weights[m])]))]);

    private string SideBySide(MemberValues values) => _graph.Node("Concat", values switch
    {
        MemberValues.Embeddings => _embeddings,
        MemberValues.Probabilities => _probabilities,
        _ => [.. _probabilities.Select(Logarithm)],
    }, ("axis", 1));

    private string Logarithm(string probability, int member) =>
        _graph.Node("Log", [_graph.Node("Clip", [probability, _graph.Scalar($"member{member}_least", LeastProbability)])]);

    private int SizeOf(MemberValues values) =>
        values == MemberValues.Embeddings ? _members.Sum(member => member.EmbeddingSize) : _members.Count * _classNames.Length;

    private byte[] Finish(string combiner, string probabilities, string embedding, int embeddingSize)
    {
        _graph.Output(_graph.Rename(probabilities, OnnxNetwork.ProbabilitiesName), "batch", _classNames.Length);
        _graph.Output(_graph.Rename(embedding, OnnxNetwork.EmbeddingName), "batch", embeddingSize);
        return _graph.Build(OnnxNetwork.Describe($"Ensemble ({combiner})", _members.SelectMany(member => member.Shapes)));
    }
}
