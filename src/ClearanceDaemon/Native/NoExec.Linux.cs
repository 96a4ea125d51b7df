using System.Runtime.InteropServices;

namespace ClearanceDaemon.Native;

/// <summary>A seccomp filter: seccomp(2), linux/filter.h, linux/audit.h.</summary>
internal static unsafe partial class NoExec
{
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const uint SECCOMP_SET_MODE_FILTER = 1;
    private const uint SECCOMP_FILTER_FLAG_TSYNC = 1;
    private const uint SECCOMP_RET_ALLOW = 0x7fff0000;
    private const uint SECCOMP_RET_ERRNO = 0x00050000;
    private const uint EPERM = 1;

    // Where struct seccomp_data has what is looked at.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;

    private const ushort BPF_LD_W_ABS = 0x20;
    private const ushort BPF_JEQ_K = 0x15;
    private const ushort BPF_JGE_K = 0x35;
    private const ushort BPF_RET_K = 0x06;

    // Calls of the x32 kind have this bit and numbers of their own. No other architecture has calls up there.
    private const uint X32_SYSCALL_BIT = 0x40000000;

    private static string? InstallOnLinux()
    {
        if (NumbersOf(RuntimeInformation.ProcessArchitecture) is not { } numbers)
        {
            return $"its numbers on {RuntimeInformation.ProcessArchitecture} are not known here";
        }

        // Without it only root may set a filter.
        if (LibC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        {
            return $"no_new_privs cannot be set (error {Marshal.GetLastPInvokeError()})";
        }

        var program = Program(numbers.Architecture, numbers.Execve, numbers.Execveat);
        fixed (LibC.sock_filter* first = program)
        {
            var filter = new LibC.sock_fprog { len = (ushort)program.Length, filter = first };
            return LibC.seccomp(numbers.Seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) switch
            {
                0 => null,
                -1 => $"the kernel, or a filter around this process, refuses a filter (error {Marshal.GetLastPInvokeError()})",
                var thread => $"thread {thread} has a filter of its own",
            };
        }
    }

    /// <summary>Looks at nothing but the call's number and architecture, so that the kernel knows beforehand which calls it need not be run for.</summary>
    private static LibC.sock_filter[] Program(uint architecture, uint execve, uint execveat) =>
    [
        new(BPF_LD_W_ABS, ArchitectureOffset),
        // Calls of another architecture (32-bit ones of x86) have other numbers: none is let through.
        new(BPF_JEQ_K, architecture, ifFalse: 5),
        new(BPF_LD_W_ABS, NumberOffset),
        new(BPF_JGE_K, X32_SYSCALL_BIT, ifTrue: 3),
        new(BPF_JEQ_K, execve, ifTrue: 2),
        new(BPF_JEQ_K, execveat, ifTrue: 1),
        new(BPF_RET_K, SECCOMP_RET_ALLOW),
        new(BPF_RET_K, SECCOMP_RET_ERRNO | EPERM),
    ];

    private static (uint Architecture, nint Seccomp, uint Execve, uint Execveat)? NumbersOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => (0xC000003E, 317, 59, 322),
        Architecture.Arm64 => (0xC00000B7, 277, 221, 281),
        _ => null,
    };
}
