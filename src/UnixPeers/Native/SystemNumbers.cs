using System.Runtime.InteropServices;

namespace UnixPeers.Native;

/// <summary>Flags and error numbers whose values differ between systems; those that don't are constants.</summary>
internal sealed partial class SystemNumbers
{
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int ENOTDIR = 20;

    public const int AF_UNIX = 1;
    public const int SOCK_STREAM = 1;
    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;
    public const int LOCK_UN = 8;
    public const int O_RDWR = 2;

    public static readonly SystemNumbers Current =
        OperatingSystem.IsMacOS() ? ForMacOS() : ForLinux(RuntimeInformation.ProcessArchitecture);

    public required int O_CREAT { get; init; }

    public required int O_NONBLOCK { get; init; }

    public required int O_NOFOLLOW { get; init; }

    public required int O_CLOEXEC { get; init; }

    public required int EAGAIN { get; init; }

    public required int EADDRINUSE { get; init; }

    public required int ECONNREFUSED { get; init; }

    public required nuint FIOCLEX { get; init; }

    public required nuint FIONCLEX { get; init; }

    /// <summary>Added to the type in socket(2); 0 where another call is needed.</summary>
    public required int SOCK_CLOEXEC { get; init; }

    /// <summary>Added to the type in socket(2); 0 where connect never waits for room in the backlog.</summary>
    public required int SOCK_NONBLOCK { get; init; }

    /// <summary>Bytes of sun_path, the closing NUL included.</summary>
    public required int SunPathBytes { get; init; }

    /// <summary>macOS keeps the length in the first byte of every socket address.</summary>
    public required bool AddressHasLength { get; init; }

    /// <summary>Whether fchmod of an unbound socket decides the mode of the file that bind makes.</summary>
    public required bool ModeBeforeBind { get; init; }
}
