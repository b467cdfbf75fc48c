using Microsoft.ML;
using Microsoft.ML.Data;

namespace SongMood.Scoring;

/// <summary>A fitted network, or ensemble, with what is done to its features before, ready to become a part of a larger one.</summary>
/// <param name="Owner">How errors name it.</param>
/// <param name="Model">Its graph and classes.</param>
/// <param name="Inputs">Where the inputs of its graph come from.</param>
internal sealed record FittedMember(string Owner, NetworkModelParameters Model, IReadOnlyList<NetworkInput> Inputs)
{
    public byte[] Graph => Model.Network.Graph;

    public int EmbeddingSize => Model.EmbeddingSize;

    public InputShape[] Shapes => Model.Network.Inputs;

    /// <summary>Finds the network in a fitted pipeline: its last step that scores. What comes after is left out.</summary>
    /// <exception cref="ArgumentException">There is none, or it is no network of ours.</exception>
    public static FittedMember Of(ITransformer fitted, string owner)
    {
        var steps = PipelineSteps.Of(fitted).ToArray();
        var at = Array.FindLastIndex(steps, step => step is IPredictionTransformer<object>);
        if (at < 0 || steps[at] is not NetworkTransformer network)
            throw new ArgumentException($"{owner} is no network of SongMood: "
                + (at < 0 ? "no step of it scores" : $"its last step that scores is {steps[at].GetType().Name}")
                + $" (its steps: {string.Join(", ", steps.Select(step => step.GetType().Name))}). A member is what one of SongMood's "
                + "trainers has fitted (Mlp, Cnn, Rnn, Lstm, Gru, Crnn, Attention, Ensemble, Bagging), with its own transforms before it.");
        return new FittedMember(owner, network.Model, [.. network.Inputs.Select(input => new NetworkInput(
            input.Owner.Length == 0 ? owner : $"{owner}, {input.Owner}", [.. steps.Take(at), .. input.Steps], input.ColumnName))]);
    }

    /// <summary>The same, with only those steps that data of this schema needs.</summary>
    public FittedMember For(DataViewSchema schema) => this with
    {
        Inputs = [.. Inputs.Select(input => PipelineSteps.Needed(input, schema))],
    };

    public FittedMember Named(string owner) => this with
    {
        Owner = owner,
        Inputs = [.. Inputs.Select(input => input with { Owner = owner + input.Owner[Owner.Length..] })],
    };

    /// <summary>For each of these classes, its place among this member's.</summary>
    /// <exception cref="ArgumentException">The member has others, or not all of them.</exception>
    public long[] PlacesOf(IReadOnlyList<string> classNames)
    {
        var own = Model.ClassNames;
        if (own.Count != classNames.Count || !own.ToHashSet().SetEquals(classNames))
            throw new ArgumentException($"{Owner} tells {Names(own)} apart, but the label column has {Names(classNames)}. "
                + "All members must have been trained on the classes of the label, in any order.");
        return [.. classNames.Select(name => (long)own.ToList().IndexOf(name))];

        static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
    }
}
