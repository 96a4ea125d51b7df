using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ClearanceDaemon.Cli.Native;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>What other threads and signals have for the inbox, and the pipe whose end becomes readable when there is something. Owns the pipe.</summary>
internal sealed class InboxQueue : IDisposable
{
    private readonly ConcurrentQueue<InboxInput> _inputs = new();
    private readonly int _reading;
    private readonly int _writing;
    private int _isWoken;

    public InboxQueue()
    {
        Span<int> ends = stackalloc int[2];
        if (LibC.pipe(ends) != 0)
        {
            throw new IOException($"no pipe could be made: {Marshal.GetLastPInvokeErrorMessage()}. Close other programs.");
        }

        (_reading, _writing) = (ends[0], ends[1]);
    }

    /// <summary>Readable while something waits.</summary>
    public int Descriptor => _reading;

    public void Post(InboxInput input)
    {
        _inputs.Enqueue(input);

        // One byte at a time: the pipe never fills, however much is posted.
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            _ = LibC.write(_writing, [0], 1);
        }
    }

    /// <summary>Takes what waits now.</summary>
    public List<InboxInput> Take()
    {
        if (Volatile.Read(ref _isWoken) == 1)
        {
            Span<byte> one = stackalloc byte[1];
            _ = LibC.read(_reading, one, 1);
            Volatile.Write(ref _isWoken, 0);
        }

        var taken = new List<InboxInput>();
        while (_inputs.TryDequeue(out var input))
        {
            taken.Add(input);
        }

        return taken;
    }

    /// <summary>Only the reading end: threads that still post must not write into a descriptor that is another file by then.</summary>
    public void Dispose() => _ = LibC.close(_reading);
}
