using System.Buffers.Text;
using System.Text;

namespace UnixPeers;

/// <summary>Parses /proc/PID/stat (proc_pid_stat(5)). The command name is the process's own text and may hold blanks, newlines and
/// parentheses, so the fields after it are counted from the LAST closing one.</summary>
internal readonly record struct ProcStat(int Pid, string CommandName, int ParentPid, int SessionId, ulong StartTime)
{
    private const int ParentField = 4;
    private const int SessionField = 6;
    private const int StartTimeField = 22;

    /// <returns>null where a field is missing or no number.</returns>
    internal static ProcStat? Parse(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf((byte)'(');
        int close = text.LastIndexOf((byte)')');
        if (open < 2 || close < open || !TryNumber(text[..(open - 1)], out int pid))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = text[(close + 1)..];
        return TryNumber(Field(rest, ParentField), out int parent)
            && TryNumber(Field(rest, SessionField), out int session)
            && Utf8Parser.TryParse(Field(rest, StartTimeField), out ulong start, out int used)
            && used == Field(rest, StartTimeField).Length
                ? new ProcStat(pid, Encoding.UTF8.GetString(text[(open + 1)..close]), parent, session, start)
                : null;
    }

    /// <summary>The field of this number, where the text starts with the blank before field 3.</summary>
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> rest, int number)
    {
        const int FirstAfterName = 3;
        for (int field = FirstAfterName; rest.Length > 0 && rest[0] == (byte)' '; field++)
        {
            rest = rest[1..];
            int end = rest.IndexOfAny((byte)' ', (byte)'\n');
            if (field == number)
            {
                return end < 0 ? rest : rest[..end];
            }

            rest = end < 0 ? [] : rest[end..];
        }

        return [];
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
}
