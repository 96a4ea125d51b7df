using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace UnixPeers;

/// <summary>Reads what /proc shows of a pid at this moment. Whether it is still the same process is for the caller, who holds its pidfd,
/// to say.</summary>
internal static class ProcFacts
{
    // The most that is read of one file of /proc: a control group's path is at most 4 KiB and version 1 has a dozen lines.
    internal const int MaxFileBytes = 64 * 1024;

    private static readonly Lazy<string?> LazyBootId = new(ReadBootId);

    /// <summary>The random id of this boot; null where it is hidden.</summary>
    internal static string? BootId => LazyBootId.Value;

    internal static ObservedProcess Read(int pid)
    {
        string directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        FileIdentity? before = FileIdentity.Of(directory + "/exe");
        string? path = before is null ? null : new FileInfo(directory + "/exe").LinkTarget;
        ProcStat? stat = ReadStat(pid);
        ProcCGroup? group = ReadFile(directory + "/cgroup") is { } groupText ? ProcCGroup.Parse(groupText) : null;
        FileIdentity? after = FileIdentity.Of(directory + "/exe");
        return new ObservedProcess
        {
            State = StateOf(before, after, stat),
            Executable = after,
            ExecutablePath = path,
            Unit = group?.Unit,
            CGroup = group?.Path,
            Container = group?.Container,
            StartTime = stat?.StartTime,
            ParentPid = stat?.ParentPid,
            SessionId = stat?.SessionId,
            CommandName = stat?.CommandName,
        };
    }

    internal static ProcStat? ReadStat(int pid) =>
        ReadFile(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat")) is { } text ? ProcStat.Parse(text) : null;

    internal static uint? ReadEffectiveUid(int pid) =>
        ReadFile(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")) is { } text ? ProcStatus.EffectiveUid(text) : null;

    /// <summary>A small file as the kernel shows it.</summary>
    /// <returns>null where it cannot be read, or is longer than <see cref="MaxFileBytes"/>.</returns>
    internal static byte[]? ReadFile(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] buffer = new byte[4096];
            int length = 0;
            while (true)
            {
                int read = RandomAccess.Read(file, buffer.AsSpan(length), length);
                if (read == 0)
                {
                    return buffer[..length];
                }

                length += read;
                if (length > MaxFileBytes)
                {
                    return null;
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ObservedState StateOf(FileIdentity? before, FileIdentity? after, ProcStat? stat)
    {
        if (before != after)
        {
            return ObservedState.Changed;
        }

        return after is null || stat is null ? ObservedState.Unknown : ObservedState.Known;
    }

    private static string? ReadBootId() =>
        ReadFile("/proc/sys/kernel/random/boot_id") is { Length: > 0 } text ? Encoding.UTF8.GetString(text).Trim() : null;
}
