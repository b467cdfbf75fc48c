using System.Diagnostics;
using System.Text;

namespace SongMood;

/// <summary>A process of ours that answers lines with lines, seen from outside: it may die at any time.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LastLinesKept = 10;

    // A process that waits for a dead file server cannot be ended before that answers.
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = [];

    /// <param name="start">The program and its arguments.</param>
    /// <param name="messages">Told what it writes to its standard error; null where nobody is.</param>
    public ChildProcess(ProcessStartInfo start, IProgress<string>? messages)
    {
        start.UseShellExecute = false;
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding =
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) => Hear(line.Data, messages);
        _process.Start();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Sends a line.</summary>
    /// <returns>Whether it could be sent; else the process has died.</returns>
    public async Task<bool> TryWriteLineAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false; // the pipe is broken
        }
    }

    /// <summary>The next line of its output; null where it has died, or ends.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, and the process is ended.</exception>
    public async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        using var killing = cancellation.Register(Kill);
        var line = await _process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return line;
    }

    /// <summary>What it said last on its standard error, and its exit code, once its output has ended.</summary>
    public async Task<string> LastWordsAsync()
    {
        Kill();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(LongestEnding).ConfigureAwait(false); // its error output has ended then, too
        }
        catch (TimeoutException)
        {
            return FormattableString.Invariant($"it could not be ended within {LongestEnding.TotalSeconds} s");
        }
        lock (_lastLines)
            return (_lastLines.Count > 0 ? string.Join(' ', _lastLines) : "it said nothing")
                + FormattableString.Invariant($" (exit code {_process.ExitCode})");
    }

    /// <summary>Ends it, whatever it is at.</summary>
    public void Dispose()
    {
        Kill();
        _process.Dispose();
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
