using System.Runtime.InteropServices;

namespace ClearanceDaemon.Cli.Native;

/// <summary>ioctl_tty(2)'s size of a terminal, in characters and pixels.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct winsize
{
    public ushort ws_row;
    public ushort ws_col;
    public ushort ws_xpixel;
    public ushort ws_ypixel;
}
