using Microsoft.ML.Runtime;

namespace SongMood.Training;

/// <summary>
/// Makes subnormal numbers zero, until it is disposed, on the thread at hand and on those that share torch's work with it. Gradients that
/// fade over hundreds of frames become subnormal, and Intel's processors take over a hundred cycles for each operation on such a number.
/// </summary>
/// <remarks>
/// To be disposed on the same thread. Torch's threads may be there already, made by an earlier call with the flags of then: so each of
/// them is told, and told again in the end. A thread that joins in between has the flags of the one that made it (Linux), or is given
/// them with its work (Intel's OpenMP, which libtorch has on Windows).
/// </remarks>
internal sealed class SubnormalFlush : IDisposable
{
    private readonly FloatControl? _control;
    private readonly uint _before;

    /// <param name="channel">Told where it cannot be done.</param>
    /// <param name="control">How flags are set here, or null where that is not known.</param>
    public SubnormalFlush(IChannel channel, FloatControl? control)
    {
        if (control is null)
        {
            channel.Info("Subnormal numbers cannot be flushed to zero on this system: recurrent networks may train slowly.");
            return;
        }
        (_control, _before) = (control, control.Flags);
        if (!SetEverywhere(control.Flush))
            channel.Info("Subnormal numbers are flushed to zero on this thread only, as libtorch is older than 2.10: recurrent networks "
                + "may train slowly.");
    }

    public void Dispose()
    {
        if (_control is not null)
            SetEverywhere(_before);
    }

    private bool SetEverywhere(uint flags)
    {
        _control!.Flags = flags;
        return TorchThreads.ForEach(() => _control.Flags = flags);
    }
}
