using System.Net.Sockets;
using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// The socket file that we bound: clears its place, gives it mode 0600 without the umask's help, knows it again by
/// device and inode, and removes only that one.
/// </summary>
internal sealed class BoundPath
{
    private const uint OwnerReadWrite = 0x180; // 0600

    private readonly string _path;
    private readonly FileStatus _file;

    private BoundPath(string path, FileStatus file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Step 4: a live listener stays, a dead socket or a link of ours goes, anything else is refused and left.</summary>
    public static void Clear(string path, UnixAddress address, string label)
    {
        if (FileStatus.Of(path) is not { } found)
        {
            return;
        }

        if (found is { IsSocket: false, IsLink: false })
        {
            throw Refused(label, path, $"{found.Kind} is in the way, which is left as it is. Move it away, or choose another path.");
        }

        if (found.IsSocket && UnixListeners.HasLiveListener(address))
        {
            throw InUse(label, path);
        }

        var self = LibC.geteuid();
        if (found.Uid != self)
        {
            throw Refused(label, path, $"{found.Kind} of uid {found.Uid} is in the way, not yours (uid {self}). Remove it as its owner, or choose another path.");
        }

        if (LibC.unlink(path) != 0 && Marshal.GetLastPInvokeError() is var errno and not SystemNumbers.ENOENT)
        {
            throw UnixSocketException.FromErrno(label, path, "remove what an earlier run left", errno, "Remove it by hand.");
        }
    }

    /// <summary>Step 5: the file has mode 0600 from birth where fchmod works before bind, and at the latest before listen.</summary>
    public static BoundPath Bind(SafeSocketHandle socket, string path, UnixAddress address, string label)
    {
        if (SystemNumbers.Current.ModeBeforeBind && LibC.fchmod_socket(socket, OwnerReadWrite) != 0)
        {
            throw UnixSocketException.FromErrno(label, path, "set the socket's mode", Marshal.GetLastPInvokeError(), "Report this with your kernel version.");
        }

        var errno = NativeSocket.Bind(socket, address);
        if (errno == SystemNumbers.Current.EADDRINUSE)
        {
            throw InUse(label, path);
        }

        if (errno != 0)
        {
            throw UnixSocketException.FromErrno(label, path, "bind the socket", errno, "Make the directory writable to you, or choose another path.");
        }

        // Nobody else can put a socket of ours here: the directory is ours and 0700, so this is the one just bound.
        var file = FileStatus.Of(path) ?? throw Refused(label, path, "the socket vanished while it was being made. Find out who removes it, then start again.");
        var bound = new BoundPath(path, file);
        bound.SetMode(label);
        return bound;
    }

    /// <summary>The lstat half of step 6: a socket, ours, 0600 to the bit.</summary>
    public static void Check(string path, string label, string advice)
    {
        if (PrivateFile.SocketRefusal(path) is { } refusal)
        {
            throw Refused(label, path, $"{refusal} {advice}");
        }
    }

    /// <summary>
    /// Step 7: unlinks the path only while it is still our file. Call it before the socket is closed: until then the
    /// inode can't be given to another file.
    /// </summary>
    public void Remove()
    {
        if (FileStatus.Of(_path) is { } found && found.IsSameFile(_file))
        {
            _ = LibC.unlink(_path);
        }
    }

    private void SetMode(string label)
    {
        if (_file.AllBits == OwnerReadWrite || FileStatus.Of(_path) is not { IsSocket: true } found || !found.IsSameFile(_file))
        {
            return;
        }

        if (LibC.chmod(_path, OwnerReadWrite) != 0)
        {
            throw UnixSocketException.FromErrno(label, _path, "set the socket's mode", Marshal.GetLastPInvokeError(), "Choose a path on a file system with modes.");
        }
    }

    private static UnixSocketException Refused(string label, string path, string explanation) =>
        new(UnixSocketFault.Refused, label, path, explanation);

    private static UnixSocketException InUse(string label, string path) =>
        new(UnixSocketFault.InUse, label, path, "already running: a live listener has this address. Stop it first, or choose another path.");
}
