using System.Runtime.InteropServices;

namespace ClearanceDaemon.Cli.Native;

/// <summary>poll(2)'s entry.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
