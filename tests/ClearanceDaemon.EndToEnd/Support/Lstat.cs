using System.Runtime.InteropServices;
using System.Text;
using ClearanceDaemon.EndToEnd.Native;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A path's mode without an exception for a missing one, quick enough to be asked in a tight loop.</summary>
internal sealed class Lstat(string path)
{
    private readonly byte[] _path = Encoding.UTF8.GetBytes(path + "\0");
    private readonly byte[] _buffer = new byte[256];

    public string Path { get; } = path;

    /// <summary>Type and permission bits, as <c>st_mode</c>; null when nothing is there.</summary>
    public int? Mode() =>
        LibC.statx(LibC.AT_FDCWD, _path, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_STATS, _buffer) == 0
            ? MemoryMarshal.Read<ushort>(_buffer.AsSpan(28))
            : null;

    public static int? Permissions(string path) => new Lstat(path).Mode() & 0xFFF;
}
