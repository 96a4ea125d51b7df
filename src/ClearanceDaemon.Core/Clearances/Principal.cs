using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Whose ask it is: the process that connected, its parent or its session's leader, found by the daemon and never by the
/// asker's word. Owns a process that it pinned itself; the connection's stays the connection's.
/// </summary>
internal sealed class Principal : IDisposable
{
    private Principal(uint uid, string via, string container)
    {
        Container = container;
        Kind = AskAs.Container;
        Key = (uid, via, container);
    }

    private Principal(PeerProcess? process, int? pid, uint uid, string kind)
    {
        Process = process;
        Pid = pid;
        Kind = kind;
        OwnsProcess = kind != AskAs.Self;
        Observed = process is null ? ObserveUnpinned(pid) : process.Observe();

        // Now, because the connection may be closed, and its process let go, long before a kept ask is decided.
        Inode = process?.Inode;
        Key = process is null ? (uid, pid) : process.Identity;
    }

    /// <summary>Null where the kernel cannot pin it, or it was gone before it was pinned.</summary>
    public PeerProcess? Process { get; }

    /// <summary>Null where the system names none.</summary>
    public int? Pid { get; }

    /// <summary>The number that is its alone until the next boot; null where the kernel gives none (before Linux 6.9).</summary>
    public ulong? Inode { get; }

    /// <summary>Who it turned out to be: <c>self</c> also where the parent or session that was asked for is not fit to be one.</summary>
    public string Kind { get; }

    /// <summary>What /proc showed of it when it was found; null where there is no /proc, or it was gone.</summary>
    public ObservedProcess? Observed { get; }

    /// <summary>The container, where it is one and no process: its reporter's word.</summary>
    public string? Container { get; }

    /// <summary>Equal for asks of one principal: a <see cref="ProcessIdentity"/>, or uid and pid where nothing could be pinned.</summary>
    public object Key { get; }

    /// <summary>True when <see cref="Dispose"/> lets go of the process.</summary>
    public bool OwnsProcess { get; }

    /// <summary>Finds the principal of an ask. Blocks: reads /proc.</summary>
    /// <param name="peer">The process that connected; null where it is not pinned.</param>
    /// <param name="credentials">What the kernel said of it at accept.</param>
    /// <param name="asMember">The ask's <c>as</c>; empty is self.</param>
    public static Principal Resolve(PeerProcess? peer, PeerCredentials credentials, ReadOnlySpan<byte> asMember)
    {
        var (relative, kind) = peer switch
        {
            not null when asMember.SequenceEqual("parent"u8) => (peer.PinParent(), AskAs.Parent),
            not null when asMember.SequenceEqual("session"u8) => (peer.PinSessionLeader(), AskAs.Session),
            _ => (null, AskAs.Self),
        };
        if (relative is not null)
        {
            if (IsFit(relative, credentials.Uid))
            {
                return new Principal(relative, relative.Pid, relative.Uid, kind);
            }

            relative.Dispose();
        }

        return new Principal(peer, peer?.Pid ?? credentials.Pid, credentials.Uid, AskAs.Self);
    }

    /// <summary>A container, as the socket <paramref name="via"/> reports of it.</summary>
    public static Principal OfContainer(uint uid, string via, string container) => new(uid, via, container);

    /// <summary>The process that connected, of which nothing more is known by now.</summary>
    public static Principal OfPeer(PeerCredentials credentials) => new(null, credentials.Pid, credentials.Uid, AskAs.Self);

    /// <summary>Whether a process comes from this one. Blocks.</summary>
    /// <returns>Null when it cannot be told.</returns>
    public bool? IsAncestorOf(PeerProcess process)
    {
        if (Process is { IsAlive: true })
        {
            return process.IsDescendantOf(Process);
        }

        if (Inode is null)
        {
            return IsAncestorOf(new UnpinnedProcess(process.Pid));
        }

        using var again = Reopen();
        return again is null ? false : process.IsDescendantOf(again);
    }

    /// <summary>Whether it can still be seen to exit. Does not block.</summary>
    public bool IsAlive()
    {
        if (Process is { IsAlive: true })
        {
            return true;
        }

        using var again = Reopen();
        return again is not null;
    }

    /// <summary>Whether it runs another program than when it asked. Blocks: reads /proc.</summary>
    public bool HasChanged()
    {
        if (Process is { IsAlive: true })
        {
            return Process.Observe().State == ObservedState.Changed;
        }

        using var again = Reopen();
        return again is not null && again.Observe().Executable != Observed?.Executable;
    }

    /// <summary>The same of a process that is not pinned, and can be told from another by its pid alone.</summary>
    public bool? IsAncestorOf(UnpinnedProcess process) => Pid is { } pid ? process.IsDescendantOf(pid) : false;

    public void Dispose()
    {
        if (OwnsProcess)
        {
            Process?.Dispose();
        }
    }

    // Let go, but perhaps not over: an ask with a key outlives its connection.
    private PeerProcess? Reopen() => Pid is { } pid && Inode is { } inode ? PeerProcess.Reopen(pid, inode) : null;

    // What serves many programs, or somebody else, is nobody's principal: one grant to it would be a grant to all of them.
    private static bool IsFit(PeerProcess relative, uint uid) =>
        relative.Pid != 1 && relative.Pid != Environment.ProcessId && relative.Uid == uid && relative.Observe().Unit != "init.scope";

    private static ObservedProcess? ObserveUnpinned(int? pid) =>
        pid is { } number && OperatingSystem.IsLinux() && !PeerProcess.IsSupported ? new UnpinnedProcess(number).Observe() : null;
}
