using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace SongMood.Learning;

/// <summary>A process that runs <see cref="SweepWorker"/>, seen from outside.</summary>
internal sealed class TrialProcess : IDisposable
{
    private const int LastLinesKept = 10;

    private readonly Process _process;
    private readonly Queue<string> _lastLines = [];

    private TrialProcess(int threads, SweepWorkers workers)
    {
        var start = workers.Start();
        start.UseShellExecute = false;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding =
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // As many threads as there are cores, in every process, would wait for each other.
        start.Environment["OMP_NUM_THREADS"] = start.Environment["MKL_NUM_THREADS"] = $"{threads}";
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, workers.Messages);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <exception cref="InvalidOperationException">It could not read the songs, or not start at all; the message has what it
    /// said.</exception>
    public static async Task<TrialProcess> StartAsync(SweepJob job, int threads, SweepWorkers workers, CancellationToken cancellation)
    {
        var worker = new TrialProcess(threads, workers);
        try
        {
            var line = await worker.AskAsync(job, cancellation);
            return line == SweepWorker.Ready ? worker
                : throw new InvalidOperationException($"A process to train in could not begin: {await worker.LastWordsAsync()}");
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Trains and measures. A process that dies is a failed trial, and is of no more use.</summary>
    public async Task<TrialResult> MeasureAsync(TrialRequest request, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        if (await AskAsync(request, cancellation) is { } answer)
            return JsonSerializer.Deserialize<TrialResult>(answer, TrialResult.JsonOptions)!;
        var error = $"The process that trained died: {await LastWordsAsync()}";
        return TrialResult.Failed(request.Trial, request.Epochs, watch.Elapsed.TotalSeconds, error) with { Crashed = true };
    }

    /// <summary>Ends it, whatever it is at.</summary>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>The answer, or null where it has died.</summary>
    private async Task<string?> AskAsync<T>(T question, CancellationToken cancellation)
    {
        using var killing = cancellation.Register(Kill);
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question, TrialResult.JsonOptions));
            await _process.StandardInput.FlushAsync(CancellationToken.None);
        }
        catch (IOException) when (!cancellation.IsCancellationRequested)
        {
            return null; // the pipe is broken: it died before
        }
        var answer = await _process.StandardOutput.ReadLineAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        return answer;
    }

    private async Task<string> LastWordsAsync()
    {
        Kill(); // its output has ended
        await _process.WaitForExitAsync(); // and so does its error output
        lock (_lastLines)
            return $"{(_lastLines.Count > 0 ? string.Join(' ', _lastLines) : "it said nothing")} (exit code {_process.ExitCode})";
    }

    private void Hear(string? line, IProgress<string>? messages)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LastLinesKept)
                _lastLines.Dequeue();
        }
        messages?.Report(line);
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
