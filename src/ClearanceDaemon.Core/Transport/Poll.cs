using System.ComponentModel;
using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Transport;

/// <summary>Readiness by poll(2), for systems without epoll: the same behaviour, at a cost that grows with the watched descriptors.</summary>
internal sealed unsafe class Poll : IPoller
{
    private const short POLLIN = 1;
    private const short POLLOUT = 4;
    private const short POLLERR = 8;
    private const short POLLHUP = 16;

    private readonly Dictionary<int, int> _indexes = [];
    private LibC.pollfd[] _entries = new LibC.pollfd[64];
    private long[] _tokens = new long[64];
    private int _count;
    private int _next;

    public void Add(int descriptor, PollEvents events, long token)
    {
        if (!_indexes.TryAdd(descriptor, _count))
        {
            throw new InvalidOperationException($"descriptor {descriptor} is already watched");
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
            Array.Resize(ref _tokens, _count * 2);
        }

        _entries[_count] = new() { fd = descriptor, events = ToNative(events) };
        _tokens[_count++] = token;
    }

    public void Change(int descriptor, PollEvents events, long token)
    {
        var index = _indexes[descriptor];
        _entries[index].events = ToNative(events);
        _tokens[index] = token;
    }

    public void Remove(int descriptor)
    {
        if (!_indexes.Remove(descriptor, out var index))
        {
            throw new InvalidOperationException($"descriptor {descriptor} is not watched");
        }

        _count--;
        if (index != _count)
        {
            (_entries[index], _tokens[index]) = (_entries[_count], _tokens[_count]);
            _indexes[_entries[index].fd] = index;
        }
    }

    public void Forget(int descriptor) => Remove(descriptor);

    public int Wait(Span<PollResult> results, int timeout)
    {
        int ready;
        fixed (LibC.pollfd* entries = _entries)
        {
            ready = LibC.poll(entries, (nuint)_count, timeout);
        }

        if (ready < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == LibC.EINTR ? 0 : throw new Win32Exception(error, "poll failed");
        }

        return Collect(results, ready);
    }

    public void Dispose() => _count = 0;

    private static short ToNative(PollEvents events) =>
        (short)(((events & PollEvents.Read) != 0 ? POLLIN : 0) | ((events & PollEvents.Write) != 0 ? POLLOUT : 0));

    // Begins where the last turn stopped, so that a full batch starves nobody.
    private int Collect(Span<PollResult> results, int ready)
    {
        var filled = 0;
        for (var looked = 0; looked < _count && filled < Math.Min(ready, results.Length); looked++)
        {
            _next = _next + 1 < _count ? _next + 1 : 0;
            int happened = _entries[_next].revents;
            if (happened != 0)
            {
                results[filled++] = new(_tokens[_next], FromNative(happened));
            }
        }

        return filled;
    }

    private static PollEvents FromNative(int events) =>
        ((events & POLLIN) != 0 ? PollEvents.Read : 0)
        | ((events & POLLOUT) != 0 ? PollEvents.Write : 0)
        | ((events & ~(POLLIN | POLLOUT)) != 0 ? PollEvents.Closed : 0);
}
