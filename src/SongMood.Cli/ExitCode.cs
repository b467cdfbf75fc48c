namespace SongMood.Cli;

/// <summary>What the tool returns to the shell.</summary>
internal static class ExitCode
{
    public const int AllFine = 0;

    /// <summary>The command ran, but some of the files could not be read.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command could not be done: a wrong option, a model or a label file that cannot be used.</summary>
    public const int NotDone = 2;

    /// <summary>Stopped by Ctrl-C, also where what there was by then was written: 128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    /// <summary>Nobody reads the results any more: 128 + SIGPIPE, as shells have it.</summary>
    public const int OutputClosed = 141;
}
