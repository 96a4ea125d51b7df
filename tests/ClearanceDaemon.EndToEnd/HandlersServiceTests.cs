using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Two units under a real user manager: the daemon's, which forbids what it can, and the handlers', which can't.</summary>
[Collection(ManagerCollection.Name)]
public sealed class HandlersServiceTests
{
    private const string HandlersService = "clearance-handlers.service";

    private readonly UserManager _manager;

    public HandlersServiceTests(UserManager manager)
    {
        _manager = manager;
        _manager.Reset();
    }

    [Fact]
    public void The_installer_enables_the_handlers_socket_and_starts_no_handlers_process()
    {
        _manager.Clearance("ping").Expect(0);
        Assert.Equal("enabled", _manager.Systemctl("is-enabled", "clearance-handlers.socket").Output.Trim());
        Assert.Equal("active", _manager.Systemctl("is-active", "clearance-handlers.socket").Output.Trim());
        Assert.Equal("inactive", _manager.Systemctl("is-active", HandlersService).Output.Trim());
        Assert.Equal(0x180, Lstat.Permissions(Path.Combine(_manager.Runtime, "handlers", "clearance.sock")));
        Assert.Equal(0x1C0, Lstat.Permissions(Path.Combine(_manager.Runtime, "handlers")));
    }

    [Fact]
    public void The_daemon_answers_where_there_is_no_handlers_unit()
    {
        _manager.Systemctl("disable", "--now", "clearance-handlers.socket").Expect(0);
        _manager.Sh($"mkdir '{_manager.Home}/away' && mv '{_manager.Units}'/clearance-handlers.* '{_manager.Home}/away'").Expect(0);
        try
        {
            _manager.Systemctl("daemon-reload").Expect(0);
            _manager.Clearance("ask", "--action", "demo.read").Expect(0);
        }
        finally
        {
            _manager.Sh($"mv '{_manager.Home}/away'/* '{_manager.Units}' && rmdir '{_manager.Home}/away'").Expect(0);
        }
    }

    [Fact]
    public void The_running_daemon_can_neither_start_a_program_nor_write_one_into_memory()
    {
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
        var pid = _manager.MainPid;
        Assert.Equal("yes", _manager.Property("MemoryDenyWriteExecute"));
        Assert.Equal("yes", _manager.Property("NoNewPrivileges"));
        Assert.True(_manager.ClearanceJson("status").GetProperty("kernel").GetProperty("execForbidden").GetBoolean());
        foreach (var thread in Directory.GetDirectories($"/proc/{pid}/task").Select(static task => int.Parse(Path.GetFileName(task))))
        {
            // Calls of another architecture are fatal there.
            Assert.All(Ptrace.Try(thread, "execve", "execveat", "mmap to write and execute"), static tried => Assert.Equal("EPERM", tried.Value));
        }

        Assert.Equal(pid, _manager.MainPid);
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
    }
}
