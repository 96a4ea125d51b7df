using System.Buffers.Text;
using System.Globalization;
using System.Runtime.Versioning;
using ClearanceDaemon.Core.Native;
using Microsoft.Win32.SafeHandles;
using CoreLibC = ClearanceDaemon.Core.Native.LibC;
using LibC = ClearanceDaemon.Native.LibC;

namespace ClearanceDaemon.HandlersMode;

/// <content>/proc (proc_pid_stat(5)).</content>
internal static partial class ProcessTable
{
    /// <summary>More than a stat line ever has: 52 numbers and a name of 15 bytes.</summary>
    private const int StatBytes = 2048;

    private const int FirstField = 3;
    private const int ParentField = 4;
    private const int SessionField = 6;
    private const int StartField = 22;

    /// <summary>Reads one line of /proc/PID/stat. The name in it is the process's own text: fields are counted from the last parenthesis (B22).</summary>
    internal static ProcessEntry? Parse(ReadOnlySpan<byte> stat)
    {
        var end = stat.LastIndexOf(") "u8);
        if (end < 0 || !Utf8Parser.TryParse(stat, out int pid, out _))
        {
            return null;
        }

        var entry = new ProcessEntry { Pid = pid };
        var rest = stat[(end + 2)..];
        for (var field = FirstField; field <= StartField; field++)
        {
            var length = rest.IndexOfAny((byte)' ', (byte)'\n');
            var value = length < 0 ? rest : rest[..length];
            entry = field switch
            {
                FirstField => entry with { IsZombie = value is [(byte)'Z' or (byte)'X', ..] },
                ParentField => entry with { Parent = Number(value) },
                SessionField => entry with { Session = Number(value) },
                StartField => entry with { Started = Utf8Parser.TryParse(value, out ulong ticks, out _) ? ticks : 0 },
                _ => entry,
            };
            rest = length < 0 ? default : rest[(length + 1)..];
        }

        return entry.Started > 0 ? entry : null;
    }

    [SupportedOSPlatform("linux")]
    private static List<ProcessEntry> ReadProc()
    {
        var entries = new List<ProcessEntry>();
        using var proc = OpenProc();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(path["/proc/".Length]) && ReadOne(proc, path["/proc/".Length..]) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static SafeFileHandle OpenProc() =>
        NativeFile.OpenDirectory("/proc", out var proc) is var outcome and < 0
            ? throw new IOException($"/proc cannot be opened ({NativeFile.Message(outcome)}): without it no handler's processes can be found; mount it")
            : proc!;

    // A process that is gone by now is no error, so nothing is thrown for it.
    private static unsafe ProcessEntry? ReadOne(SafeFileHandle proc, string pid)
    {
        if (NativeFile.Open(proc, pid + "/stat", CoreLibC.O_RDONLY, out var file) < 0)
        {
            return null;
        }

        using (file)
        {
            var line = stackalloc byte[StatBytes];
            var length = CoreLibC.read((int)file!.DangerousGetHandle(), line, StatBytes);
            return length <= 0 ? null : Parse(new(line, (int)length));
        }
    }

    // The number may have come to name another process since it was read. What holds the process is looked at again, and
    // only then told to kill.
    [SupportedOSPlatform("linux")]
    private static void KillPinned(ProcessEntry process)
    {
        var pinned = LibC.pidfd_open(process.Pid);
        using var proc = OpenProc();
        if (ReadOne(proc, process.Pid.ToString(CultureInfo.InvariantCulture)) is { } now && now.Started == process.Started)
        {
            _ = pinned >= 0 ? LibC.pidfd_send_signal(pinned, LibC.SIGKILL) : LibC.kill(process.Pid, LibC.SIGKILL);
        }

        _ = pinned >= 0 ? CoreLibC.close(pinned) : 0;
    }

    private static int Number(ReadOnlySpan<byte> value) => Utf8Parser.TryParse(value, out int number, out _) ? number : 0;
}
