using System.CommandLine;
using System.CommandLine.Invocation;

namespace SongMood.Cli;

/// <summary>
/// Runs a command on a thread of the pool. System.CommandLine listens for Ctrl-C and SIGTERM once the command has given its task back, so
/// one that works on the calling thread, for a while or to its end, would be killed, and what it had opened would stay.
/// </summary>
internal sealed class InterruptibleAction(AsynchronousCommandLineAction action) : AsynchronousCommandLineAction
{
    public override Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default) =>
        Task.Run(() => action.InvokeAsync(parseResult, cancellationToken), CancellationToken.None);
}
