using System.Runtime.InteropServices;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// An unguessable directory of mode 0700 that lives as long as its owner: removed by <see cref="Dispose"/>, or, when
/// the owner was killed, by the next <see cref="Sweep"/>, which knows it by its free lock.
/// </summary>
public sealed class EphemeralDirectory : IDisposable
{
    private const uint OwnerOnly = 0x1C0; // 0700

    /// <summary>A name is taken by chance never, by a sweep that met us half-way rarely: this ends a loop that can't end otherwise.</summary>
    private const int MaxAttempts = 256;

    private const string Label = "ephemeral directory";
    private const string LockName = "lock";

    private readonly FileStatus _identity;
    private int _disposed;

    private EphemeralDirectory(string path, FileStatus identity, InstanceLock @lock)
    {
        Path = path;
        Lock = @lock;
        _identity = identity;
    }

    /// <summary>The directory's absolute path; the name has 26 characters after the prefix.</summary>
    public string Path { get; }

    /// <summary>The lock that shows the owner alive. Owned by this directory.</summary>
    public InstanceLock Lock { get; }

    /// <summary>Makes a directory and takes its lock; a name that is taken is given up for another.</summary>
    /// <param name="parent">An absolute directory, checked like the parents of a socket; it may be sticky.</param>
    /// <param name="prefix">Start of the name, such as "clearance-".</param>
    /// <exception cref="UnixSocketException">Refused for an unsafe parent, CannotCreate.</exception>
    public static EphemeralDirectory Create(string parent, string prefix) => Create(parent, prefix, RandomName.Create);

    /// <summary>
    /// Removes the directories in <paramref name="parent"/> that a killed owner left: ours, 0700, the prefix and 26
    /// characters, lock free. One that cannot be removed is passed over: it must not keep every later owner from starting.
    /// </summary>
    /// <returns>How many were removed.</returns>
    public static int Sweep(string parent, string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        CheckParent(parent);
        var removed = 0;
        foreach (var path in Directory.GetDirectories(parent, prefix + "*"))
        {
            var name = System.IO.Path.GetFileName(path);
            if (RandomName.IsOne(name.AsSpan(Math.Min(prefix.Length, name.Length))) && IsOurs(path, out var found) && TryLock(path) is { } @lock
                && TryRemove(new(path, found, @lock)))
            {
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Removes the directory with everything in it, links not followed, and then lets go of the lock.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            if (FileStatus.Of(Path) is { } found && found.IsSameFile(_identity))
            {
                RemoveContents();
                _ = LibC.unlink(Lock.Path);

                // A sweep may put a lock of its own here the moment ours is gone; then it is the sweep that removes the directory.
                _ = LibC.rmdir(Path);
            }
        }
        finally
        {
            Lock.Dispose();
        }
    }

    internal static EphemeralDirectory Create(string parent, string prefix, Func<string> newName)
    {
        CheckParent(parent);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var path = System.IO.Path.Combine(parent, prefix + newName());
            if (LibC.mkdir(path, OwnerOnly) != 0)
            {
                var errno = Marshal.GetLastPInvokeError();
                if (errno != SystemNumbers.EEXIST)
                {
                    throw UnixSocketException.FromErrno(Label, path, "create the directory", errno, $"Make {parent} writable to you, or choose another place.");
                }
            }
            else if (TryOwn(path) is { } made)
            {
                return made;
            }
        }

        throw new UnixSocketException(UnixSocketFault.CannotCreate, Label, parent, "no free name was found in many attempts. Find out who takes the names, then start again.");
    }

    private static bool TryRemove(EphemeralDirectory leftOver)
    {
        try
        {
            leftOver.Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void RemoveContents()
    {
        foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } directory)
            {
                directory.Delete(recursive: true);
            }
            else if (entry.Name != LockName)
            {
                entry.Delete();
            }
        }
    }

    // A sweep that comes between mkdir and lock takes the directory for a left-over; then it is the sweep's.
    private static EphemeralDirectory? TryOwn(string path)
    {
        _ = LibC.chmod(path, OwnerOnly);
        try
        {
            return IsOurs(path, out var found) ? new EphemeralDirectory(path, found, Locked(path)) : null;
        }
        catch (UnixSocketException error) when (error.Fault == UnixSocketFault.InUse || FileStatus.Of(path) is null)
        {
            return null;
        }
    }

    // What can't be locked is not surely left over, whatever the reason.
    private static InstanceLock? TryLock(string path)
    {
        try
        {
            return Locked(path);
        }
        catch (UnixSocketException)
        {
            return null;
        }
    }

    private static InstanceLock Locked(string path) => InstanceLock.Acquire($"{path}/{LockName}", Label);

    private static bool IsOurs(string path, out FileStatus found)
    {
        found = FileStatus.Of(path) ?? default;
        return found is { IsDirectory: true, Permissions: OwnerOnly } && found.Uid == LibC.geteuid();
    }

    private static void CheckParent(string parent)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        if (!parent.StartsWith('/'))
        {
            throw new UnixSocketException(UnixSocketFault.InvalidAddress, Label, parent, "the path is not absolute. Give the whole path, from / on.");
        }

        var end = PathWalk.Directories(parent, LinkTrust.Roots, Owners.Current());
        if (end.Refusal is not null)
        {
            throw new UnixSocketException(UnixSocketFault.Refused, Label, parent, end.Refusal);
        }

        if (end.Missing is not null)
        {
            throw new UnixSocketException(UnixSocketFault.CannotCreate, Label, parent, $"{end.Missing} does not exist. Create it, or choose another place.");
        }
    }
}
