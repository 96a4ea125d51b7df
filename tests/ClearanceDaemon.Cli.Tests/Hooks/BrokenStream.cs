namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>A stream whose other end is gone, or that never ends.</summary>
internal sealed class BrokenStream(bool hangs = false, Exception? fault = null) : MemoryStream
{
    private readonly ManualResetEventSlim _never = new();

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken pipe");

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (hangs)
        {
            _never.Wait();
        }

        throw fault ?? new IOException("broken");
    }
}
