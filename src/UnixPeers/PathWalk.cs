using System.Runtime.InteropServices;
using System.Text;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// Goes down a path one component at a time, as the kernel would, and stops where someone else could replace what
/// comes next. Looking by name is safe: only we and root can change what was already passed.
/// </summary>
internal sealed class PathWalk
{
    /// <summary>As many links as the kernel follows; a loop ends here.</summary>
    private const int MaxLinks = 40;

    /// <summary>Room for the target of a link (PATH_MAX).</summary>
    private const int MaxTargetBytes = 4096;

    private readonly Stack<string> _pending = new();
    private readonly LinkTrust _links;
    private readonly Owners _owners;
    private string _current = "/";
    private FileStatus _status;
    private int _followed;

    private PathWalk(LinkTrust links, Owners owners)
    {
        _links = links;
        _owners = owners;
    }

    /// <summary>Walks an absolute path all of whose components are directories.</summary>
    public static PathWalkResult Directories(string path, LinkTrust links, Owners owners) =>
        new PathWalk(links, owners).Run(path, lastIsFile: false);

    /// <summary>Walks to a file or directory that nobody else may write, sticky or not.</summary>
    public static PathWalkResult ToFile(string path, LinkTrust links, Owners owners) =>
        new PathWalk(links, owners).Run(path, lastIsFile: true);

    private PathWalkResult Run(string path, bool lastIsFile)
    {
        _status = FileStatus.Of("/") ?? default;
        if (DirectoryRefusal("/", _status, _status) is { } refusal)
        {
            return Refused(refusal);
        }

        Push(path);
        while (_pending.TryPop(out var name))
        {
            if (Step(name, lastIsFile && _pending.Count == 0) is { } end)
            {
                return end;
            }
        }

        return new PathWalkResult(_status, null, null);
    }

    private PathWalkResult? Step(string name, bool isFile)
    {
        if (name == "..")
        {
            _current = Path.GetDirectoryName(_current) ?? "/";
            _status = FileStatus.Of(_current) ?? default;
            return null;
        }

        var next = _current == "/" ? "/" + name : $"{_current}/{name}";
        if (FileStatus.Of(next, out var errno) is not { } found)
        {
            return errno == SystemNumbers.ENOENT
                ? new PathWalkResult(_status, next, null)
                : Refused($"{next} cannot be looked at: {Marshal.GetPInvokeErrorMessage(errno)}. Make its directories readable to you.");
        }

        if (found.IsLink)
        {
            return Follow(next, found);
        }

        if ((isFile ? FileRefusal(next, found) : DirectoryRefusal(next, found, _status)) is { } refusal)
        {
            return Refused(refusal);
        }

        _current = next;
        _status = found;
        return null;
    }

    private PathWalkResult? Follow(string link, FileStatus status)
    {
        var roots = _owners.IsRoot(status, _status);
        var trusted = _links == LinkTrust.RootsAndOurs ? roots || _owners.IsSelf(status) : roots && _owners.IsRootUid(_status.Uid);
        if (!trusted)
        {
            return Refused($"{link} is a symbolic link of uid {status.Uid}. Name the directory it leads to instead.");
        }

        if (++_followed > MaxLinks || Target(link) is not { } target)
        {
            return Refused($"{link} is a symbolic link that leads nowhere. Name a directory instead.");
        }

        if (target.StartsWith('/'))
        {
            _current = "/";
            _status = FileStatus.Of("/") ?? default;
        }

        Push(target);
        return null;
    }

    private string? DirectoryRefusal(string path, FileStatus found, FileStatus directory)
    {
        if (!found.IsDirectory)
        {
            return $"{path} is {found.Kind}, not a directory. Choose another path.";
        }

        if (!_owners.IsSelf(found) && !_owners.IsRoot(found, directory))
        {
            return $"the directory {path} belongs to uid {found.Uid}, neither to you (uid {_owners.Self}) nor to root. Choose a path below directories of yours.";
        }

        return found.IsWritableByOthers && !found.IsSticky
            ? $"the directory {path} is writable by others (mode {found.OctalMode}). Run: chmod go-w {path}"
            : null;
    }

    private string? FileRefusal(string path, FileStatus found)
    {
        // Opening a FIFO would wait for a writer.
        if (!found.IsRegular && !found.IsDirectory)
        {
            return $"{path} is neither a file nor a directory. Replace it by a file of yours.";
        }

        if (!_owners.IsSelf(found) && !_owners.IsRoot(found, _status))
        {
            return $"{path} belongs to uid {found.Uid}, neither to you (uid {_owners.Self}) nor to root. Replace it by a file of yours.";
        }

        return found.IsWritableByOthers
            ? $"{path} is writable by others (mode {found.OctalMode}). Check what it holds, then run: chmod go-w {path}"
            : null;
    }

    private PathWalkResult Refused(string sentence) => new(_status, null, sentence);

    private void Push(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] != ".")
            {
                _pending.Push(parts[i]);
            }
        }
    }

    private static string? Target(string link)
    {
        Span<byte> bytes = stackalloc byte[MaxTargetBytes];
        var length = LibC.readlink(link, bytes, (nuint)bytes.Length);
        return length > 0 && length < bytes.Length ? Encoding.UTF8.GetString(bytes[..(int)length]) : null;
    }
}
