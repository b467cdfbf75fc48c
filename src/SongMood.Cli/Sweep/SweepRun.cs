namespace SongMood.Cli.Sweep;

/// <summary>Takes trials through their rounds, each result into the journal as it comes, and nothing done twice.</summary>
internal sealed class SweepRun(IReadOnlyList<Trial> trials, IReadOnlyList<Rung> rungs, SweepJournal journal, TrialPool pool)
{
    /// <summary>How many results there will be, if none fails.</summary>
    public int Steps => rungs.Sum(rung => rung.Trials);

    /// <summary>The last result of each trial.</summary>
    public async Task<IReadOnlyCollection<TrialResult>> RunAsync(Action<string?> step, CancellationToken cancellation)
    {
        var last = new Dictionary<int, TrialResult>();
        var running = trials;
        foreach (var rung in rungs)
        {
            // Those that died are in no journal, and begin again in another run.
            running = rung == rungs[0] ? running
                : [.. TrialResult.Rank(running.Select(trial => last[trial.Number])).Where(result => result.Error is null).Take(rung.Trials)
                    .Select(result => trials[result.Trial - 1]).OrderBy(trial => trial.Number)];
            var open = new List<TrialRequest>();
            foreach (var trial in running)
                if (journal.Find(trial.Number, rung.Epochs) is { } known)
                    Take(known);
                else
                    open.Add(new TrialRequest(trial.Number, rung.Epochs, trial.Settings));
            await pool.RunAsync(open, result =>
            {
                if (!result.Crashed)
                    journal.Add(result);
                Take(result);
            }, cancellation);
        }
        return last.Values;

        void Take(TrialResult result)
        {
            last[result.Trial] = result;
            var outcome = result.Error ?? FormattableString.Invariant($"accuracy {100 * result.Accuracy:F1} %");
            step($"trial {result.Trial}, {result.Epochs} epochs: {outcome}");
        }
    }
}
