using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.HandlersMode;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>What a program gets, and what is said when it cannot be started.</summary>
[Collection(HandlersCollection.Name)]
public sealed class StartingTests : IDisposable
{
    private readonly HandlersFixture _handlers = new();

    public void Dispose() => _handlers.Dispose();

    [Theory]
    [InlineData("Kept")]
    [InlineData("Request")]
    public void B40_a_program_has_three_descriptors_and_no_variable_of_the_service_manager(string mode)
    {
        string[] services = ["LISTEN_FDS", "LISTEN_PID", "NOTIFY_SOCKET", "WATCHDOG_USEC"];
        Array.ForEach(services, static name => Environment.SetEnvironmentVariable(name, "7"));
        Environment.SetEnvironmentVariable("CLEARANCE_TEST_NAMED", "named");
        Environment.SetEnvironmentVariable("CLEARANCE_TEST_SECRET", "secret");
        using var open = File.OpenRead("/proc/self/status");
        try
        {
            var manifest = _handlers.Add(_handlers.Add("looks", Scripts.Of("""
                fds = sorted(int(f) for f in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + f))
                status = dict(l.split(":\t", 1) for l in open("/proc/self/status").read().splitlines() if ":\t" in l)
                r = next(requests())
                answer(r, result={"digest": r["params"]["digest"], "fds": fds, "env": dict(os.environ), "cwd": os.getcwd(),
                    "sid": os.getsid(0) == os.getpid(), "blocked": status["SigBlk"], "ignored": status["SigIgn"]})
                """), Enum.Parse<ManifestMode>(mode)) with { Env = ["CLEARANCE_TEST_NAMED", "CLEARANCE_HANDLER", "NOT_THERE", .. services], Cwd = "/usr" });
            var seen = _handlers.Run(manifest).GetProperty("result");
            Assert.Equal("[0, 1, 2]", seen.GetProperty("fds").GetRawText());
            Assert.True(seen.GetProperty("sid").GetBoolean());
            Assert.Equal("/usr", seen.GetProperty("cwd").GetString());
            Assert.Equal(0L, Convert.ToInt64(seen.GetProperty("blocked").GetString()!.Trim(), 16));

            // Python itself ignores SIGPIPE (bit 12) and SIGXFSZ (bit 24), glibc's posix_spawn the two signals of its own (32 and 33).
            Assert.Equal(0L, Convert.ToInt64(seen.GetProperty("ignored").GetString()!.Trim(), 16) & ~0x1_8100_1000L);
            var environment = seen.GetProperty("env").EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value.GetString());
            Assert.Equal("looks", environment["CLEARANCE_HANDLER"]);
            Assert.Equal("named", environment["CLEARANCE_TEST_NAMED"]);
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), environment["PATH"]);
            Assert.Empty(environment.Keys.Except([.. HandlerEnvironment.Usual, "CLEARANCE_HANDLER", "CLEARANCE_TEST_NAMED", "LC_CTYPE"]));
        }
        finally
        {
            Array.ForEach([.. services, "CLEARANCE_TEST_NAMED", "CLEARANCE_TEST_SECRET"], static name => Environment.SetEnvironmentVariable(name, null));
        }
    }

    [Fact]
    public void SIGPIPE_ends_a_program_as_everywhere()
    {
        var manifest = _handlers.Add("pipes", "#!/bin/sh\nread -r line\nsh -c 'kill -PIPE $$'\nexit $?\n", ManifestMode.Request);
        Assert.Equal(128 + 13, _handlers.Fails("exit", manifest).GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public void A_program_that_others_can_write_is_not_started()
    {
        var manifest = _handlers.Add("writable", Scripts.Good);
        File.SetUnixFileMode(manifest.Exec[0], (UnixFileMode)0b111_111_101);
        Assert.Contains("chmod go-w", Message(manifest), StringComparison.Ordinal);
        File.SetUnixFileMode(manifest.Exec[0], (UnixFileMode)0b111_101_101);
        Assert.True(_handlers.Run(manifest).TryGetProperty("result", out _));
    }

    [Fact]
    public void Why_a_program_does_not_start_is_told_with_what_to_do()
    {
        var good = _handlers.Add("good", Scripts.Good);
        var missing = _handlers.Add(good with { Name = "missing", Exec = [_handlers.Root + "/not-there"] });
        Assert.Contains("/not-there", Message(missing), StringComparison.Ordinal);
        var nowhere = _handlers.Add(good with { Name = "nowhere", Cwd = "/not/there" });
        Assert.Contains("change \"cwd\"", Message(nowhere), StringComparison.Ordinal);
        var interpreter = _handlers.Add("interpreter", "#!/not/there/python\n");
        Assert.Contains("first line", Message(interpreter), StringComparison.Ordinal);
        var plain = _handlers.Add("plain", "echo no first line\n");
        Assert.Contains("#!/path/of/interpreter", Message(plain), StringComparison.Ordinal);
        var big = _handlers.Add(good with { Name = "big", Exec = [good.Exec[0], new string('x', 200_000)] });
        Assert.Contains("shorten \"exec\"", Message(big), StringComparison.Ordinal);
        var text = _handlers.Add("text", Scripts.Good);
        File.SetUnixFileMode(text.Exec[0], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("chmod u+x", Message(text), StringComparison.Ordinal);
        Assert.True(_handlers.Run(good).TryGetProperty("result", out _));
        Assert.Single(_handlers.Mine());
    }

    [Fact]
    public void What_a_program_writes_to_stderr_is_logged_clean_and_not_all_of_it()
    {
        var manifest = _handlers.Add("talks", Scripts.Of("""
            r = next(requests())
            sys.stderr.write("first \x1b[31mred\n" + "long " * 1000 + "\n" + "line\n" * 100 + "no line feed")
            sys.stderr.flush()
            answer(r); time.sleep(0.05); sys.exit(9)
            """));
        _handlers.Run(manifest);
        Eventually.True(() => _handlers.Log.Contains("exited with code 9", StringComparison.Ordinal), "it is gone: " + _handlers.Log);
        Assert.Contains("handler talks: first \\u{1b}[31mred\n", _handlers.Log, StringComparison.Ordinal);
        Assert.Contains("handler talks: " + string.Concat(Enumerable.Repeat("long ", HandlersLimits.ErrorLine))[..HandlersLimits.ErrorLine] + " …\n", _handlers.Log, StringComparison.Ordinal);
        Assert.InRange(_handlers.Log.Split("handler talks: line").Length, HandlersLimits.ErrorLines - 2, HandlersLimits.ErrorLines + 10);
        Assert.Contains("more lines dropped", _handlers.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void An_orphan_that_exits_is_reaped_while_its_handler_goes_on()
    {
        var manifest = _handlers.Add("forks", Scripts.Of("""
            for r in requests():
                if os.fork() == 0:
                    if os.fork() == 0:
                        time.sleep(0.05)
                    os._exit(0)
                os.wait()
                answer(r)
            """));
        _handlers.Run(manifest);
        Eventually.True(() => _handlers.Mine().Count == 1 && Descendants.Zombies().Count == 0, "the orphan is gone: " + JsonSerializer.Serialize(Descendants.Zombies()));
        Assert.True(_handlers.Run(manifest).TryGetProperty("result", out _));
    }

    private string Message(Manifest manifest) => _handlers.Fails("start", manifest).GetProperty("message").GetString()!;
}
