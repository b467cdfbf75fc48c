namespace SongMood.Dsp;

/// <summary>Zeroed doubles that never move and start on a cache line, so that no vector load or store straddles two lines.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;
    private readonly double[] _pinned; // keeps the memory alive; the pinned heap never moves it

    public AlignedBuffer(int length)
    {
        _pinned = GC.AllocateArray<double>(length + Alignment / sizeof(double), pinned: true);
        var address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _pinned[0]);
        Pointer = (double*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    /// <summary>Valid as long as this object is referenced.</summary>
    public double* Pointer { get; }
}
