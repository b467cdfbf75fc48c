using Microsoft.Win32.SafeHandles;

namespace SongMood.Cli;

/// <summary>Whoever read the results has enough, as head does after its lines: there is nothing more to do.</summary>
internal sealed class OutputClosedException(Exception inner) : Exception("The reader of the output has closed it.", inner);

/// <summary>
/// The standard output where it is no terminal. .NET's own stream does not tell when nobody reads a pipe any more, so that a run of
/// hours would go on for nobody; and its errors do not say what could not be written.
/// </summary>
internal sealed class RedirectedOutput : Stream
{
    private const int StandardOutput = 1;
    private const int BrokenPipe = 32; // EPIPE, of Linux and of macOS

    private readonly Stream _output;

    private RedirectedOutput(Stream output) => _output = output;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The standard output; null where it is a terminal.</summary>
    public static RedirectedOutput? Open() => Console.IsOutputRedirected ? new(OpenPipe() ?? Console.OpenStandardOutput()) : null;

    // Only a pipe (on Unix): a file would be written from its start, whatever else writes there.
    private static FileStream? OpenPipe()
    {
        if (OperatingSystem.IsWindows())
            return null;
        try
        {
            var pipe = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return pipe.CanSeek ? null : pipe;
        }
        catch (Exception closed) when (closed is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null; // there is no standard output at all: .NET's own stream takes what is written
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _output.Write(buffer);
        }
        catch (IOException error) when (error.HResult == BrokenPipe)
        {
            throw new OutputClosedException(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The standard output cannot be written: {error.Message}", error);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
