using SongMood.Audio;

namespace SongMood.Formats;

/// <summary>
/// Runs a library that may go round for ever over damaged bytes, as NVorbis 0.10.5 does where a packet contradicts the one before it
/// (mutant 3286 of <c>MutantsTests</c>), on a thread of its own. Nothing in .NET can end such a thread, so it is left behind, at the lowest
/// priority; but whoever asked gets an answer.
/// </summary>
internal sealed class WatchedRead(TimeSpan patience)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private long _steps;
    private volatile bool _isGivenUp;

    /// <summary>Tells that the work goes on; the work calls it again and again.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public void Step()
    {
        Interlocked.Increment(ref _steps);
        if (_isGivenUp)
            throw new OperationCanceledException();
    }

    /// <summary>Does the work.</summary>
    /// <param name="work">Takes this and calls <see cref="Step"/>.</param>
    /// <param name="cancellation">Ends waiting.</param>
    /// <exception cref="AudioFormatException">The work has not gone on for too long.</exception>
    public T Run<T>(Func<WatchedRead, T> work, CancellationToken cancellation)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                result.SetResult(work(this));
            }
            catch (Exception error) // given on to who waits
            {
                result.SetException(error);
            }
        })
        { IsBackground = true };
        thread.Start();
        try
        {
            var (seen, still) = (0L, TimeSpan.Zero);
            while (!((IAsyncResult)result.Task).AsyncWaitHandle.WaitOne(Look))
            {
                cancellation.ThrowIfCancellationRequested();
                var steps = Interlocked.Read(ref _steps);
                still = steps == seen ? still + Look : TimeSpan.Zero;
                seen = steps;
                if (still < patience)
                    continue;
                thread.Priority = ThreadPriority.Lowest;
                throw new AudioFormatException(
                    $"decoding did not go on for {patience.TotalSeconds} s; the file is damaged; convert it with another program to read "
                    + "it");
            }

            return result.Task.GetAwaiter().GetResult();
        }
        finally
        {
            _isGivenUp = true;
        }
    }
}
