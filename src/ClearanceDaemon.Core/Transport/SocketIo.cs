using System.Runtime.InteropServices;
using ClearanceDaemon.Core.Native;

namespace ClearanceDaemon.Core.Transport;

/// <summary>Reads and writes of a connected socket that never wait.</summary>
internal static unsafe class SocketIo
{
    /// <summary>Nothing to read, or no room to write, just now.</summary>
    public const int Again = -1;

    /// <summary>The connection is broken.</summary>
    public const int Broken = -2;

    /// <summary>Bytes read, 0 at the end of input, or <see cref="Again"/> or <see cref="Broken"/>.</summary>
    public static int Receive(int descriptor, Span<byte> room)
    {
        fixed (byte* start = room)
        {
            return Outcome(LibC.recv(descriptor, start, (nuint)room.Length, SocketFlags.Receive));
        }
    }

    /// <summary>Bytes sent, or <see cref="Again"/> or <see cref="Broken"/>.</summary>
    public static int Send(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return Outcome(LibC.send(descriptor, start, (nuint)bytes.Length, SocketFlags.Send));
        }
    }

    private static int Outcome(nint result)
    {
        if (result >= 0)
        {
            return (int)result;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == SocketFlags.Again || error == LibC.EINTR ? Again : Broken;
    }
}
