using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Transport;

/// <summary>Readiness by epoll(7): the cost of a turn depends on the ready descriptors, not on the watched ones.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class Epoll : IPoller
{
    private const int BatchSize = 256;

    // struct epoll_event is packed on x86-64 only, to share its layout with 32-bit programs (linux/eventpoll.h).
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = Stride - sizeof(long);

    private readonly int _epoll;
    private readonly byte* _events;
    private bool _disposed;

    public Epoll()
    {
        _epoll = LibC.epoll_create1(LibC.EPOLL_CLOEXEC);
        if (_epoll < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "epoll_create1 failed");
        }

        _events = (byte*)NativeMemory.Alloc(BatchSize, (nuint)Stride);
    }

    public void Add(int descriptor, PollEvents events, long token) => Control(LibC.EPOLL_CTL_ADD, descriptor, events, token);

    public void Change(int descriptor, PollEvents events, long token) => Control(LibC.EPOLL_CTL_MOD, descriptor, events, token);

    public void Remove(int descriptor) => Control(LibC.EPOLL_CTL_DEL, descriptor, PollEvents.None, 0);

    public void Forget(int descriptor)
    {
        // epoll(7): closing the last descriptor of an open file description removes it.
    }

    public int Wait(Span<PollResult> results, int timeout)
    {
        var count = LibC.epoll_wait(_epoll, _events, Math.Min(BatchSize, results.Length), timeout);
        if (count < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == LibC.EINTR ? 0 : throw new Win32Exception(error, "epoll_wait failed");
        }

        for (var i = 0; i < count; i++)
        {
            var entry = _events + (i * Stride);
            results[i] = new(Token(entry), FromNative(*(uint*)entry));
        }

        return count;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_events);
            _ = LibC.close(_epoll);
        }
    }

    private static long Token(byte* entry)
    {
        // Unaligned on x86-64, where that is allowed.
        return *(long*)(entry + DataOffset);
    }

    private static PollEvents FromNative(uint events) =>
        ((events & LibC.EPOLLIN) != 0 ? PollEvents.Read : 0)
        | ((events & LibC.EPOLLOUT) != 0 ? PollEvents.Write : 0)
        | ((events & (LibC.EPOLLERR | LibC.EPOLLHUP)) != 0 ? PollEvents.Closed : 0);

    private void Control(int operation, int descriptor, PollEvents events, long token)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = ((events & PollEvents.Read) != 0 ? LibC.EPOLLIN : 0) | ((events & PollEvents.Write) != 0 ? LibC.EPOLLOUT : 0);
        *(long*)(entry + DataOffset) = token;
        if (LibC.epoll_ctl(_epoll, operation, descriptor, entry) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"epoll_ctl({operation}) of descriptor {descriptor} failed");
        }
    }
}
