using System.Diagnostics;

namespace SongMood.Catalogue;

/// <summary>The process that listens, apart from the one that keeps what it says: a song that kills it costs that song.</summary>
public sealed record CatalogueWorkers
{
    /// <summary>
    /// How to start one: a program that does nothing but <see cref="CatalogueWorker.RunAsync"/> on its standard input and output, such as
    /// the caller itself with an argument. Called again where a process has died.
    /// </summary>
    public required Func<ProcessStartInfo> Start { get; init; }

    /// <summary>Told what the process writes to its standard error. Default (null): nobody.</summary>
    public IProgress<string>? Messages { get; init; }

    /// <summary>That songs are heard in a process of their own.</summary>
    public override string ToString() => "a process that listens, started again where it has died";
}
