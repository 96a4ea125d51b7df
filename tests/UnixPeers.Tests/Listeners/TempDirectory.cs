using System.Globalization;
using UnixPeers.Tests.Native;

namespace UnixPeers.Tests.Listeners;

/// <summary>A private directory of its own below the system's temporary one, with what tests plant in it.</summary>
internal sealed class TempDirectory : IDisposable
{
    private const uint Owner = 0x1C0;

    internal TempDirectory()
    {
        Path = $"{System.IO.Path.GetTempPath().TrimEnd('/')}/up-{Guid.NewGuid():N}"[..^16];
        System.IO.Directory.CreateDirectory(Path);
        Chmod(Path, Owner);
    }

    internal string Path { get; }

    internal string Socket => $"{Path}/clearance.sock";

    internal static UnixListenerOptions Options => new() { Label = "ask socket" };

    internal static UnixListenerOptions OwnOptions => new() { Label = "ask socket", OwnsDirectory = true };

    public void Dispose() => Directory.Delete(Path, recursive: true);

    internal static bool IsRoot => TestLibC.geteuid() == 0;

    internal static void NeedRoot() => Assert.SkipUnless(IsRoot, "needs root, to make files of other users");

    internal string Below(string name) => $"{Path}/{name}";

    internal string Folder(string name, uint mode = Owner)
    {
        Directory.CreateDirectory(Below(name));
        Chmod(Below(name), mode);
        return Below(name);
    }

    internal static void Chmod(string path, uint mode) => Assert.Equal(0, TestLibC.chmod(path, mode));

    internal static void Chown(string path, uint uid) => Assert.Equal(0, TestLibC.lchown(path, uid, uid));

    internal static uint Octal(string mode) => Convert.ToUInt32(mode, 8);

    /// <summary>The permission bits in octal, link not followed.</summary>
    internal static string Mode(string path) => FileStatus.Of(path) is { } found
        ? Convert.ToString(found.Permissions, 8).PadLeft(4, '0')
        : throw new FileNotFoundException(path);

    internal UnixListener Bind() => UnixListener.Bind(UnixAddress.FromPath(Socket), OwnOptions);

    internal static UnixSocketException Fails(UnixSocketFault fault, Action action)
    {
        var error = Assert.Throws<UnixSocketException>(action);
        Assert.True(error.Fault == fault, string.Create(CultureInfo.InvariantCulture, $"{error.Fault} instead of {fault}: {error.Message}"));
        return error;
    }

    /// <summary>Leaves a socket file nobody listens on any more.</summary>
    internal static void LeaveDeadSocket(string path)
    {
        using var socket = NativeSocket.Create(nonBlocking: false);
        Assert.Equal(0, NativeSocket.Bind(socket, UnixAddress.FromPath(path)));
    }
}
