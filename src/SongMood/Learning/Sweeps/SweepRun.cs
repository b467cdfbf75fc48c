namespace SongMood.Learning;

/// <summary>Takes trials through their rounds, each result into the journal as it comes, and nothing done twice.</summary>
internal sealed class SweepRun(SweepPlan plan, SweepJournal? journal, ITrialRunner runner)
{
    /// <summary>The last result of each trial.</summary>
    public async Task<IReadOnlyCollection<TrialResult>> RunAsync(StepCounter steps, CancellationToken cancellation)
    {
        var last = new Dictionary<int, TrialResult>();
        var running = plan.Trials;
        foreach (var rung in plan.Rungs)
        {
            // Those that died are in no journal, and begin again in another run.
            running = rung == plan.Rungs[0] ? running
                : [.. TrialResult.Rank(running.Select(trial => last[trial.Number])).Where(result => result.Error is null).Take(rung.Trials)
                    .Select(result => plan.Trials[result.Trial - 1]).OrderBy(trial => trial.Number)];
            var open = new List<TrialRequest>();
            foreach (var trial in running)
                if (journal?.Find(trial.Number, rung.Epochs) is { } known)
                    Take(known);
                else
                    open.Add(new TrialRequest(trial.Number, rung.Epochs, trial.Options));
            await runner.RunAsync(open, result =>
            {
                if (!result.Crashed)
                    journal?.Add(result);
                Take(result);
            }, cancellation).ConfigureAwait(false);
        }
        return last.Values;

        void Take(TrialResult result)
        {
            last[result.Trial] = result;
            var outcome = result.Error ?? FormattableString.Invariant($"accuracy {100 * result.Accuracy:F1} %");
            steps.Step($"trial {result.Trial}, {result.Epochs} epochs: {outcome}");
        }
    }
}
