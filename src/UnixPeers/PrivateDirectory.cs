using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Step 2 of the ritual: a directory that only we can enter, in a place that nobody but us and root can change.
/// The umask is neither trusted nor touched.
/// </summary>
public static class PrivateDirectory
{
    private const uint OwnerOnly = 0x1C0; // 0700

    /// <summary>
    /// Checks every directory above <paramref name="path"/> (owned by us or root, not writable by group or others
    /// unless sticky, a link only where root made it) and that <paramref name="path"/> itself is a directory, no link,
    /// ours and 0700. An owned one is created, with missing parents, below a directory that others can't write, and tightened.
    /// </summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="label">Names the directory's purpose in the error.</param>
    /// <param name="owned">The directory is the caller's own, to create and to tighten.</param>
    /// <exception cref="UnixSocketException">Refused where the place is unsafe, CannotCreate where it is missing or can't be made, InvalidAddress for a relative path.</exception>
    public static void Ensure(string path, string label, bool owned)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/') || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new UnixSocketException(UnixSocketFault.InvalidAddress, label, path, "the directory's path is not absolute. Give the whole path, from / on.");
        }

        Ensure(Path.TrimEndingDirectorySeparator(path), label, owned, Owners.Current());
    }

    private static void Ensure(string path, string label, bool owned, Owners owners)
    {
        CheckParents(path, label, owned, owners);
        var found = FileStatus.Of(path);
        if (found is null && owned)
        {
            Create(path, label);
            found = FileStatus.Of(path);
        }

        if (found is not { } directory)
        {
            throw new UnixSocketException(UnixSocketFault.CannotCreate, label, path, $"there is no such directory. Run: mkdir -m 0700 {path}");
        }

        CheckKind(path, label, directory, owners);
        if (directory.Permissions != OwnerOnly)
        {
            CheckMode(path, label, owned ? Tighten(path, label) : directory);
        }
    }

    private static void CheckParents(string path, string label, bool owned, Owners owners)
    {
        var parent = Path.GetDirectoryName(path)
            ?? throw new UnixSocketException(UnixSocketFault.Refused, label, path, "it is the root directory. Choose a directory of your own.");
        var end = PathWalk.Directories(parent, LinkTrust.Roots, owners);
        if (end.Refusal is not null)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, label, path, end.Refusal);
        }

        if (!owned)
        {
            return;
        }

        if (end.Missing is null && FileStatus.Of(path) is null && end.Status.IsWritableByOthers)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, label, path,
                $"it would have to be made in {parent}, where others can write. Choose a path below a directory of yours.");
        }

        if (end.Missing is not null)
        {
            Ensure(parent, label, owned: true, owners);
        }
    }

    private static void CheckKind(string path, string label, FileStatus directory, Owners owners)
    {
        if (!directory.IsDirectory)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, label, path, $"it is {directory.Kind}, not a directory. Move it away, or choose another path.");
        }

        if (!owners.IsSelf(directory))
        {
            throw new UnixSocketException(UnixSocketFault.Refused, label, path,
                $"the directory belongs to uid {directory.Uid}, not to you (uid {owners.Self}). Choose a directory of your own.");
        }
    }

    private static void CheckMode(string path, string label, FileStatus directory)
    {
        if (directory.Permissions != OwnerOnly)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, label, path, $"the directory has mode {directory.OctalMode}, not 0700. Run: chmod 0700 {path}");
        }
    }

    private static void Create(string path, string label)
    {
        if (LibC.mkdir(path, OwnerOnly) == 0)
        {
            return;
        }

        // Someone may have been faster; what they made is checked like anything else.
        var errno = Marshal.GetLastPInvokeError();
        if (errno != SystemNumbers.EEXIST)
        {
            throw UnixSocketException.FromErrno(label, path, "create the directory", errno, "Make its parent writable to you, or choose another path.");
        }
    }

    // By name, because a directory of mode 0000 (umask 0777) can't be opened to fchmod it. Nobody but us and root can
    // put another object there: the parents were checked, and in a sticky one the entry is ours.
    private static FileStatus Tighten(string path, string label) =>
        LibC.chmod(path, OwnerOnly) == 0 && FileStatus.Of(path) is { } tightened
            ? tightened
            : throw UnixSocketException.FromErrno(label, path, "set the directory's mode", Marshal.GetLastPInvokeError(), $"Run: chmod 0700 {path}");
}
