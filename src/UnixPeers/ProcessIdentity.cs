namespace UnixPeers;

/// <summary>Tells one process from every other of this boot. Equal only when it surely is the same process.</summary>
/// <remarks>Uid and inode of the pidfd (Linux 6.9); before it uid, pid, boot id, start time and the executable's inode, because pid and
/// start time alone can be forged to repeat. Where one of those could not be read, the value equals itself only.</remarks>
public sealed class ProcessIdentity : IEquatable<ProcessIdentity>
{
    private readonly uint _uid;
    private readonly ulong? _pidfdInode;
    private readonly (int Pid, string BootId, ulong StartTime, FileIdentity Executable)? _facts;

    private ProcessIdentity(uint uid, ulong? pidfdInode, (int, string, ulong, FileIdentity)? facts)
    {
        _uid = uid;
        _pidfdInode = pidfdInode;
        _facts = facts;
    }

    /// <inheritdoc/>
    public bool Equals(ProcessIdentity? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _uid != other._uid)
        {
            return false;
        }

        return _pidfdInode is { } inode
            ? inode == other._pidfdInode
            : _facts is { } facts && other._facts is { } others && facts == others;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProcessIdentity);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_uid, _pidfdInode, _facts);

    /// <inheritdoc/>
    public override string ToString() => _pidfdInode is { } inode
        ? $"uid {_uid}, pidfd {inode}"
        : _facts is { } facts ? $"uid {_uid}, pid {facts.Pid} since {facts.StartTime}" : $"uid {_uid}, unknown process";

    internal static ProcessIdentity FromPidfd(uint uid, ulong inode) => new(uid, inode, null);

    internal static ProcessIdentity FromProc(uint uid, int pid, string? bootId, ulong? startTime, FileIdentity? executable) =>
        bootId is not null && startTime is { } start && executable is { } file
            ? new ProcessIdentity(uid, null, (pid, bootId, start, file))
            : new ProcessIdentity(uid, null, null);
}
