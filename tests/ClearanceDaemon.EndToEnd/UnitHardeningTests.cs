using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>What the unit forbids, tried from inside it: a probe runs under the installed clearanced.service with only its program exchanged.</summary>
[Collection(ManagerCollection.Name)]
public sealed class UnitHardeningTests
{
    // Each attempt reports the name of the errno it got, or "allowed".
    private const string Probe = """
        import ctypes, errno, json, mmap, os, resource, socket, sys
        libc = ctypes.CDLL(None, use_errno=True)
        def call(number, *arguments):
            ctypes.set_errno(0)
            return "allowed" if libc.syscall(number, *arguments) >= 0 else errno.errorcode[ctypes.get_errno()]
        def attempt(action):
            try:
                action()
                return "allowed"
            except OSError as error:
                return errno.errorcode[error.errno]
        status = dict(line.rstrip().split(":\t", 1) for line in open("/proc/self/status") if ":\t" in line)
        found = {
            "writable and executable memory": attempt(lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)),
            "an internet socket": attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
            "a netlink socket": attempt(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)),
            "a user namespace": "allowed" if libc.unshare(0x10000000) == 0 else errno.errorcode[ctypes.get_errno()],
            "a mount": "allowed" if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0 else errno.errorcode[ctypes.get_errno()],
            "ptrace": "allowed" if libc.ptrace(16, os.getppid(), 0, 0) == 0 else errno.errorcode[ctypes.get_errno()],
            "a set-uid file": attempt(lambda: os.close(os.open(sys.argv[1] + ".suid", os.O_CREAT | os.O_WRONLY, 0o4700))),
            "another uid": attempt(lambda: os.setuid(os.getuid())),
            "a Unix socket": attempt(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)),
            "umask": oct(os.umask(0)),
            "core": resource.getrlimit(resource.RLIMIT_CORE)[1],
            "Seccomp": status["Seccomp"].strip(), "NoNewPrivs": status["NoNewPrivs"].strip(),
        }
        json.dump(found, open(sys.argv[1], "w"))
        """;

    private readonly UserManager _manager;

    public UnitHardeningTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    [Fact]
    public void The_unit_forbids_what_the_daemon_never_does()
    {
        Repository.RequireTool("python3");
        var found = RunProbe();
        string[] forbidden = ["writable and executable memory", "an internet socket", "a netlink socket", "a user namespace", "a mount", "ptrace", "a set-uid file", "another uid"];
        Assert.All(forbidden, name => Assert.True(found.GetProperty(name).GetString() != "allowed", $"the unit allows {name}"));
        Assert.Equal("allowed", found.GetProperty("a Unix socket").GetString());
        Assert.Equal("0o77", found.GetProperty("umask").GetString());
        Assert.Equal(0, found.GetProperty("core").GetInt64());
        Assert.Equal("2", found.GetProperty("Seccomp").GetString());
        Assert.Equal("1", found.GetProperty("NoNewPrivs").GetString());
    }

    [Fact]
    public void The_running_daemon_is_confined_and_shares_its_users_namespaces()
    {
        _manager.Clearance("ping").Expect(0);
        var pid = _manager.MainPid;
        var status = File.ReadAllText($"/proc/{pid}/status");
        Assert.Contains("Seccomp:\t2", status, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t1", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", status, StringComparison.Ordinal);
        foreach (var kind in (string[])["user", "mnt", "pid", "net"])
        {
            var own = Command.Run(new Dictionary<string, string>(), null, "readlink", $"/proc/{pid}/ns/{kind}").Expect(0).Output;
            var managers = Command.Run(new Dictionary<string, string>(), null, "readlink", $"/proc/self/ns/{kind}").Expect(0).Output;
            Assert.Equal(managers, own);
        }
    }

    [Fact]
    public void The_filter_lets_the_daemon_raise_its_limit_on_open_files()
    {
        _manager.DropIn("[Service]\nLimitNOFILE=1024:4096\n");
        _manager.Clearance("ping").Expect(0);
        var limit = File.ReadLines($"/proc/{_manager.MainPid}/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        Assert.Equal(["4096", "4096"], limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..5]);
    }

    [Fact]
    public void No_page_of_the_running_daemon_is_writable_and_executable()
    {
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
        var maps = File.ReadAllLines($"/proc/{_manager.MainPid}/maps");
        Assert.DoesNotContain(maps, line => line.Contains(" rwx", StringComparison.Ordinal));
    }

    [Fact]
    public void B40_every_descriptor_of_the_activated_daemon_is_closed_on_exec()
    {
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
        var pid = _manager.MainPid;
        var listing = Directory.GetFileSystemEntries($"/proc/{pid}/fdinfo").Select(path => int.Parse(Path.GetFileName(path))).Where(fd => fd > 2).ToList();
        Assert.NotEmpty(listing);
        // The runtime opens files of /proc and /sys for a moment without the flag; what stays open has it.
        Assert.All(listing, fd => Until.True(() => IsClosedOnExec(pid, fd), $"descriptor {fd} to be closed on exec"));
    }

    private static bool IsClosedOnExec(int pid, int fd)
    {
        const int oCloexec = 0x80000;
        var path = $"/proc/{pid}/fdinfo/{fd}";
        if (!File.Exists(path))
        {
            // Closed since the listing; none that lives through an exec closes by itself.
            return true;
        }

        var flags = File.ReadLines(path).First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & oCloexec) != 0;
    }

    private JsonElement RunProbe()
    {
        var script = Path.Combine(_manager.Home, "probe.py");
        var report = Path.Combine(_manager.Home, "probe.json");
        _manager.WriteFile(script, Probe);
        // A oneshot unit without the sockets, everything else as installed.
        var unit = File.ReadAllLines(Path.Combine(_manager.Units, "clearanced.service"))
            .Where(line => !line.StartsWith("Sockets=", StringComparison.Ordinal) && !line.StartsWith("Requires=", StringComparison.Ordinal)
                && !line.StartsWith("WatchdogSec=", StringComparison.Ordinal) && !line.StartsWith("Restart", StringComparison.Ordinal))
            .Select(line => line.StartsWith("Type=", StringComparison.Ordinal) ? "Type=oneshot"
                : line.StartsWith("ExecStart=", StringComparison.Ordinal) ? $"ExecStart=/usr/bin/python3 {script} {report}" : line);
        _manager.WriteFile(Path.Combine(_manager.Units, "hardening-probe.service"), string.Join('\n', unit) + "\n");
        _manager.Systemctl("daemon-reload").Expect(0);
        var run = _manager.Systemctl("start", "hardening-probe.service");
        Assert.True(run.ExitCode == 0, run.Error + _manager.Systemctl("status", "hardening-probe.service").Output + File.ReadAllText(Path.Combine(_manager.Home, "manager.log")));
        using var document = JsonDocument.Parse(File.ReadAllText(report));
        return document.RootElement.Clone();
    }
}
