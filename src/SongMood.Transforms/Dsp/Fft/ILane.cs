namespace SongMood.Dsp;

/// <summary>
/// <see cref="Width"/> doubles that are worked on at once. The FFT's passes are written once against this and compiled by the
/// runtime for each width (the type arguments are structs, so every call is inlined).
/// </summary>
internal unsafe interface ILane<T> where T : unmanaged, ILane<T>
{
    static abstract int Width { get; }

    static abstract T Load(double* source);
    static abstract T Broadcast(double value);
    void Store(double* target);

    static abstract T operator +(T a, T b);
    static abstract T operator -(T a, T b);
    static abstract T operator *(T a, T b);

    /// <summary>a * b + c.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>c - a * b.</summary>
    static abstract T NegatedMultiplyAdd(T a, T b, T c);

    static abstract T Sqrt(T a);
    static abstract T Reverse(T a);

    /// <summary>2 Width floats e0 o0 e1 o1 ... as (e0 e1 ...) and (o0 o1 ...).</summary>
    static abstract (T Even, T Odd) LoadPairs(float* source);

    /// <summary>The opposite of <see cref="LoadPairs"/>.</summary>
    static abstract void StorePairs(float* target, T even, T odd);

    /// <summary>
    /// Floats at ... at + 7 of <see cref="Width"/> frames, as eight vectors with a lane a frame.
    /// </summary>
    static abstract void LoadFrames(
        float** frames, nint at, out T x0, out T x1, out T x2, out T x3, out T x4, out T x5, out T x6, out T x7);

    void StoreSingle(float* target);

    /// <summary>Element p of vector j goes to target[8 p + j].</summary>
    static abstract void StoreTransposed8(double* target, T a0, T a1, T a2, T a3, T a4, T a5, T a6, T a7);
}
