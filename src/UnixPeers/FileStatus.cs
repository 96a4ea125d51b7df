namespace UnixPeers;

/// <summary>What lstat or fstat says about a file, as far as the ritual asks.</summary>
internal readonly partial record struct FileStatus(ulong Device, ulong Inode, uint Uid, uint Mode)
{
    private const uint TypeMask = 0xF000;
    private const uint Fifo = 0x1000;
    private const uint Directory = 0x4000;
    private const uint Regular = 0x8000;
    private const uint Link = 0xA000;
    private const uint Socket = 0xC000;
    private const uint Sticky = 0x200;
    private const uint WritableByOthers = 0x12;

    public bool IsDirectory => (Mode & TypeMask) == Directory;

    public bool IsRegular => (Mode & TypeMask) == Regular;

    public bool IsLink => (Mode & TypeMask) == Link;

    public bool IsSocket => (Mode & TypeMask) == Socket;

    public bool IsSticky => (Mode & Sticky) != 0;

    public bool IsWritableByOthers => (Mode & WritableByOthers) != 0;

    /// <summary>The nine permission bits.</summary>
    public uint Permissions => Mode & 0x1FF;

    /// <summary>The permission bits with set-uid, set-gid and sticky.</summary>
    public uint AllBits => Mode & 0xFFF;

    /// <summary>All twelve bits in octal, as people write them.</summary>
    public string OctalMode => Convert.ToString(AllBits, 8).PadLeft(4, '0');

    public string Kind => (Mode & TypeMask) switch
    {
        Directory => "a directory",
        Regular => "a regular file",
        Link => "a symbolic link",
        Socket => "a socket",
        Fifo => "a FIFO",
        _ => "a device",
    };

    public bool IsSameFile(FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Looks at <paramref name="path"/> without following a link; null with <paramref name="errno"/> when it can't.</summary>
    public static FileStatus? Of(string path, out int errno) =>
        OperatingSystem.IsMacOS() ? OfMacOS(path, out errno) : OfLinux(path, out errno);

    /// <summary>Looks at <paramref name="path"/> without following a link; null when it can't.</summary>
    public static FileStatus? Of(string path) => Of(path, out _);

    /// <summary>Looks at an open file.</summary>
    public static FileStatus? Of(int descriptor) =>
        OperatingSystem.IsMacOS() ? OfMacOS(descriptor) : OfLinux(descriptor);
}
