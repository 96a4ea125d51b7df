using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.HandlersMode;

/// <summary>Waiting for the first connection with nothing built yet: most sessions never need a handler, and a process that waits should cost next to nothing.</summary>
internal static class Dormancy
{
    private const short POLLIN = 1;

    /// <summary>Waits for one of three things; none when the time was up.</summary>
    /// <param name="listener">Readable when someone connects.</param>
    /// <param name="lifeLine">Readable at its end; negative for none.</param>
    /// <param name="stop">Signalled from any thread.</param>
    /// <param name="time">How long at most; null for ever.</param>
    public static unsafe DormancyEnd Wait(int listener, int lifeLine, Wakeup stop, TimeSpan? time)
    {
        var watched = stackalloc LibC.pollfd[3];
        watched[0] = new() { fd = stop.Descriptor, events = POLLIN };
        watched[1] = new() { fd = lifeLine, events = POLLIN };
        watched[2] = new() { fd = listener, events = POLLIN };
        int ready;
        do
        {
            ready = LibC.poll(watched, 3, time is { } limit ? (int)limit.TotalMilliseconds : -1);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == LibC.EINTR);

        return ready <= 0 ? DormancyEnd.TimeIsUp
            : watched[0].revents != 0 ? DormancyEnd.Stopped
            : watched[2].revents != 0 ? DormancyEnd.Connected
            : DormancyEnd.Stopped;
    }
}
