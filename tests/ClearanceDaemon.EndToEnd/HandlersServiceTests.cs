using System.Text.Json;
using ClearanceDaemon.EndToEnd.Native;
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

    [Fact]
    public void The_first_request_for_a_handler_starts_the_handlers_service_and_later_ones_find_it_running()
    {
        Install("hello", "hello.sh");
        _manager.Clearance("ask", "--action", "demo.read").Expect(0);
        var daemon = _manager.MainPid;
        _manager.Clearance("rules", "reload").Expect(0);
        Assert.Equal("inactive", Handlers("ActiveState"));
        Assert.Equal("Ada", Call("hello.world", """{"name":"Ada"}""").GetProperty("hello").GetString());
        Assert.Equal("active", Handlers("ActiveState"));
        var pid = Handlers("MainPID");
        Assert.Equal("world", Call("hello.world", "{}").GetProperty("hello").GetString());
        Assert.Equal(pid, Handlers("MainPID"));
        Assert.Equal(daemon, _manager.MainPid);
    }

    [Fact]
    public void A_program_that_compiles_as_it_runs_works_in_the_handlers_service_and_the_daemons_keeps_its_bounds()
    {
        _manager.Sh($"mkdir -p '{Place}'").Expect(0);
        Command.Run(new Dictionary<string, string>(), null, "cp", "-RT", BuiltSample.Directory, Path.Combine(Place, "deploys")).Expect(0);
        Install("deploys");
        _manager.WriteFile(
            Path.Combine(_manager.Configuration, "rules.d", "20-deploy.json"),
            """{"version":1,"rules":[{"id":"web","action":"deploy.**","decision":"allow"}]}""");
        _manager.Clearance("rules", "reload").Expect(0);
        Assert.Empty(Call("deploys.recent", "{}", _manager.OperatorSocket).GetProperty("deploys").EnumerateArray());

        var handler = Assert.Single(ProcessesOf(HandlersService), pid => File.ReadAllText($"/proc/{pid}/comm").StartsWith("deploys", StringComparison.Ordinal));
        var status = File.ReadAllText($"/proc/{handler}/status");
        // Set-uid programs and every system call are there for what podman and nft are.
        Assert.Contains("NoNewPrivs:\t0", status, StringComparison.Ordinal);
        Assert.Contains("Seccomp:\t0", status, StringComparison.Ordinal);
        Assert.Equal("no", Handlers("MemoryDenyWriteExecute"));
        Assert.Equal("yes", _manager.Property("MemoryDenyWriteExecute"));
        Assert.Equal("EPERM", Ptrace.Try(_manager.MainPid, "mmap to write and execute")["mmap to write and execute"]);
        Assert.DoesNotContain(handler, ProcessesOf("clearanced.service"));
    }

    [Fact]
    public void Nothing_that_a_handler_started_outlives_the_handlers_service()
    {
        _manager.WriteFile(Path.Combine(Place, "linger.py"), """
            import json, os, sys
            for line in sys.stdin:
                call = json.loads(line)
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0: os.execv("/bin/sleep", ["sleep", "600"])
                    os._exit(0)
                os.wait()
                print(json.dumps({"jsonrpc": "2.0", "id": call["id"], "result": {"digest": call["params"]["digest"], "result": {}}}), flush=True)
            """);
        _manager.WriteFile(
            Path.Combine(_manager.Configuration, "handlers.d", "linger.json"),
            $$$"""{"version":1,"name":"linger","exec":["/usr/bin/python3","{{{Place}}}/linger.py"],"roles":{"methods":{"linger.now":"ask"}},"mode":"kept"}""");
        _manager.Clearance("rules", "reload").Expect(0);
        Call("linger.now", "{}");
        var members = ProcessesOf(HandlersService);
        Assert.Contains(members, static pid => File.ReadAllText($"/proc/{pid}/comm").Trim() == "python3");

        // Killed outright it can't clean up; the unit's group is.
        Assert.Equal(0, LibC.kill(int.Parse(Handlers("MainPID")), LibC.SIGKILL));
        Until.True(() => members.All(static pid => !Directory.Exists($"/proc/{pid}")), "what it started to be gone");

        // The daemon lives, says that the handler failed if asked too soon, and has the service started again.
        Until.True(() => Try("linger.now", "{}").TryGetProperty("result", out _), "the handler to answer again");
        _manager.Systemctl("stop", HandlersService).Expect(0);
        Assert.Empty(ProcessesOf(HandlersService));
    }

    private string Place => Path.Combine(_manager.Home, ".local", "share", "clearance-handlers");

    /// <summary>As packaging/handlers/README.md says.</summary>
    private void Install(string name, params string[] programs)
    {
        foreach (var program in programs)
        {
            _manager.WriteFile(Path.Combine(Place, program), File.ReadAllText(Path.Combine(Sample.Folder, program)));
            _manager.Sh($"chmod 0755 '{Path.Combine(Place, program)}'").Expect(0);
        }

        _manager.WriteFile(
            Path.Combine(_manager.Configuration, "handlers.d", name + ".json"),
            File.ReadAllText(Path.Combine(Sample.Folder, name + ".json")).Replace("@DIR@", Place, StringComparison.Ordinal));
    }

    private JsonElement Call(string method, string parameters, string? socket = null)
    {
        var answer = Try(method, parameters, socket);
        Assert.True(answer.TryGetProperty("result", out var result), $"{answer}");
        return result;
    }

    private JsonElement Try(string method, string parameters, string? socket = null)
    {
        using var client = new LineClientAs(_manager, socket ?? _manager.AskSocket);
        return client.Exchange(LineClient.Call(1, method, parameters));
    }

    private string Handlers(string property) => _manager.Systemctl("show", "--value", "-p", property, HandlersService).Expect(0).Output.Trim();

    /// <summary>Who is in a service's control group.</summary>
    private static List<int> ProcessesOf(string unit) => [.. Directory.GetDirectories("/proc").Where(process =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) && File.ReadAllText(Path.Combine(process, "cgroup")).Contains("/" + unit, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    }).Select(static process => int.Parse(Path.GetFileName(process)))];
}
