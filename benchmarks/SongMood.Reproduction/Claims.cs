using System.Text;

namespace SongMood.Reproduction;

/// <summary>What the paper concludes from its table, asked of ours.</summary>
internal static class Claims
{
    public static void Append(StringBuilder text, ResultTable clips, PaperRows rows)
    {
        text.AppendLine().AppendLine("What the paper concludes, on these songs (difference in points of accuracy, 95 % interval):")
            .AppendLine();
        text.AppendLine("| claim | difference | holds |").AppendLine("|---|---:|---|");
        foreach (var audio in new[] { rows.Rnn, rows.Lstm })
            foreach (var tabular in new[] { rows.Mlp, rows.Cnn })
                Line(text, clips, tabular, audio);
        Line(text, clips, rows.Lstm, rows.Rnn);
        foreach (var ensemble in clips.Rows.Select(pair => pair.Row).OfType<EnsembleRow>())
            foreach (var member in ensemble.Members)
                Line(text, clips, ensemble, member);
        Line(text, clips, rows.EnsembleLstm, rows.EnsembleRnn);
        Line(text, clips, rows.EnsembleLstm, rows.EnsembleLstmEmbeddings);
    }

    private static void Line(StringBuilder text, ResultTable clips, ResultRow better, ResultRow worse)
    {
        var gain = clips.Compare(better, worse);
        var verdict = gain.IsClear ? "yes" : gain.Interval.Upper < 0 ? "**no, the reverse**" : gain.Difference > 0
            ? "not by more than chance" : "**no**";
        text.AppendLine($"| {better.Name} ({better.Input}) beats {worse.Name} ({worse.Input}) "
            + $"| {100 * gain.Difference:+0.0;-0.0;0.0} ({100 * gain.Interval.Lower:+0.0;-0.0;0.0} to "
            + $"{100 * gain.Interval.Upper:+0.0;-0.0;0.0}) | {verdict} |");
    }
}
