using System.Runtime.InteropServices;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>
/// Has a thread of another process make a system call, as a debugger can: the thread is stopped, sent through a <c>syscall</c>
/// instruction that lies in its memory anyway, and put back where it was. The kernel sees a call of that process.
/// </summary>
internal static class Ptrace
{
    // Says `NAME RESULT` for each call: the errno's name, or the number that was returned. A call that became another program says 0.
    private const string Script = """
        import ctypes, errno, os, re, sys
        names = "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp ss fs_base gs_base ds es fs gs".split()
        class Regs(ctypes.Structure):
            _fields_ = [(name, ctypes.c_ulonglong) for name in names]
        libc = ctypes.CDLL(None, use_errno=True)
        libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
        libc.ptrace.restype = ctypes.c_long
        GETREGS, SETREGS, STEP, DETACH, SEIZE, INTERRUPT, TRACEEXEC, EVENT_EXEC, WALL = 12, 13, 9, 17, 0x4206, 0x4207, 0x10, 4, 0x40000000
        thread = int(sys.argv[1])
        def ptrace(request, address=0, data=0):
            if libc.ptrace(request, thread, address, data) < 0:
                raise OSError(ctypes.get_errno(), "ptrace %#x" % request)
        def stopped(): return os.waitpid(thread, WALL)[1]
        memory = open("/proc/%d/mem" % thread, "r+b", buffering=0)
        def find(instruction):
            for line in open("/proc/%d/maps" % thread):
                m = re.match("([0-9a-f]+)-([0-9a-f]+) r-x.*[.]so", line)
                if m:
                    start, end = int(m[1], 16), int(m[2], 16)
                    memory.seek(start)
                    at = memory.read(end - start).find(instruction)
                    if at >= 0: return start + at
        syscall, int80 = find(b"\x0f\x05"), find(b"\xcd\x80")
        x32 = 0x40000000
        try: ptrace(SEIZE, 0, TRACEEXEC)
        except PermissionError: sys.exit("nobody may trace here")
        ptrace(INTERRUPT); stopped()
        before = Regs(); ptrace(GETREGS, 0, ctypes.addressof(before))
        # Below the stack's red zone nothing lives.
        path = before.rsp - 4096; argv = path + 64
        memory.seek(path); memory.write(b"/bin/true\0".ljust(64, b"\0") + path.to_bytes(8, "little") + bytes(8))
        here = ctypes.c_ulonglong(-100).value
        calls = {
            "getpid": (syscall, 39, {}),
            "execve": (syscall, 59, dict(rdi=path, rsi=argv, rdx=0)),
            "execveat": (syscall, 322, dict(rdi=here, rsi=path, rdx=argv, r10=0, r8=0)),
            "execve of x32": (syscall, x32 + 520, dict(rdi=path, rsi=argv, rdx=0)),
            "execveat of x32": (syscall, x32 + 545, dict(rdi=here, rsi=path, rdx=argv, r10=0, r8=0)),
            "execve of i386": (int80, 11, dict(rbx=path, rcx=argv, rdx=0)),
            "mmap to write and execute": (syscall, 9, dict(rdi=0, rsi=4096, rdx=7, r10=0x22, r8=2**64 - 1, r9=0)),
        }
        for name in sys.argv[2:]:
            address, number, arguments = calls[name]
            regs = Regs.from_buffer_copy(before)
            # Without a number of its own the interrupted call is not begun again in between.
            regs.rip, regs.rax, regs.orig_rax = address, number, ctypes.c_ulonglong(-1).value
            for register, value in arguments.items(): setattr(regs, register, value)
            ptrace(SETREGS, 0, ctypes.addressof(regs)); ptrace(STEP)
            if stopped() >> 16 == EVENT_EXEC:
                print(name + "\t0"); ptrace(DETACH); sys.exit()
            ptrace(GETREGS, 0, ctypes.addressof(regs))
            result = ctypes.c_longlong(regs.rax).value
            print(name + "\t" + (errno.errorcode[-result] if result < 0 else str(result)))
        ptrace(SETREGS, 0, ctypes.addressof(before)); ptrace(DETACH)
        """;

    /// <summary>What each call returned, in order. Skips the test where nobody can be traced.</summary>
    public static Dictionary<string, string> Try(int thread, params string[] calls)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the registers are those of x86-64");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "/usr/bin/python3 is not installed");
        var run = Command.Run(new Dictionary<string, string>(), null, ["/usr/bin/python3", "-c", Script, $"{thread}", .. calls]);
        Assert.SkipWhen(run.Error.Contains("nobody may trace here", StringComparison.Ordinal), "this user may not trace");
        return run.Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('\t')).ToDictionary(static word => word[0], static word => word[1]);
    }
}
