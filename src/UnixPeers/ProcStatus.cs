using System.Buffers.Text;

namespace UnixPeers;

/// <summary>Parses /proc/PID/status (proc_pid_status(5)), which is there for every process, also one that hides its files.</summary>
internal static class ProcStatus
{
    /// <summary>The effective uid: the second of the four on the Uid line, in our user namespace.</summary>
    /// <returns>null where the line is missing or holds no such number.</returns>
    internal static uint? EffectiveUid(ReadOnlySpan<byte> text)
    {
        // The kernel writes a line feed in the name, which comes first, as \n; nothing else of the process's own is before this line.
        int start = text.IndexOf("\nUid:\t"u8);
        if (start < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> fields = text[(start + "\nUid:\t".Length)..];
        fields = fields[..Math.Max(fields.IndexOf((byte)'\n'), 0)];
        fields = fields[(fields.IndexOf((byte)'\t') + 1)..];
        int end = fields.IndexOf((byte)'\t');
        return end > 0 && Utf8Parser.TryParse(fields[..end], out uint uid, out int used) && used == end ? uid : null;
    }
}
