using System.Threading.Channels;

namespace SongMood;

/// <summary>The lines between a process of ours and the one that started it (<see cref="ChildProcess"/>), seen from inside.</summary>
internal static class ParentLines
{
    // Enough for work to end in order, such as a program that it has started. Work that hangs is left behind, and ends with the process.
    private static readonly TimeSpan LongestEnding = TimeSpan.FromSeconds(5);

    /// <summary>Answers lines with lines until the input ends. Whoever asked is gone then: nobody waits for the work at hand.</summary>
    /// <param name="input">The process's standard input, which is read on a thread of its own.</param>
    /// <param name="output">The process's standard output, on which nothing else may be written.</param>
    /// <param name="work">Is given the lines and what writes one, of whatever threads; it is cancelled when the input ends.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task AnswerAsync(TextReader input, TextWriter output,
        Func<ChannelReader<string>, Func<string, Task>, CancellationToken, Task> work, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation); // not disposed of: work that hangs may still use them
        var oneAtATime = new SemaphoreSlim(1);
        var lines = Read(input, stop);
        var working = Task.Run(() => work(lines, WriteAsync, stop.Token), CancellationToken.None);
        await Task.WhenAny(working, Task.Delay(Timeout.Infinite, stop.Token)).ConfigureAwait(false);
        try
        {
            await working.WaitAsync(LongestEnding, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or TimeoutException
            && stop.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // The input has ended.
        }

        async Task WriteAsync(string line)
        {
            await oneAtATime.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
                await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                oneAtATime.Release();
            }
        }
    }

    private static ChannelReader<string> Read(TextReader input, CancellationTokenSource stop)
    {
        var lines = Channel.CreateUnbounded<string>();
        _ = Task.Run(() =>
        {
            while (input.ReadLine() is { } line)
                lines.Writer.TryWrite(line);
            stop.Cancel();
            lines.Writer.Complete();
        }, CancellationToken.None);
        return lines.Reader;
    }
}
