using System.Threading.Channels;

namespace SongMood;

/// <summary>The lines that a process of ours gets from the one that started it (<see cref="ChildProcess"/>).</summary>
internal static class ParentLines
{
    /// <summary>Reads on a thread of its own. Where the input ends, whoever asked is gone: nobody waits for the work at hand.</summary>
    /// <param name="input">The standard input.</param>
    /// <param name="stop">Cancelled when the input ends.</param>
    public static ChannelReader<string> Read(TextReader input, CancellationTokenSource stop)
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
