using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary><c>clearance exec</c> as it is installed, native: what it becomes is what it would have been.</summary>
public sealed class ExecTests : IDisposable
{
    private const string Rules = """
        {"version":1,"rules":[
          {"id":"py","action":"shell.exec","argv":[{"equals":"/usr/bin/python3"},{"rest":true}],"decision":"allow"},
          {"id":"no-rm","action":"shell.exec","argv":[{"equals":"rm"},{"rest":true}],"decision":"deny","reason":"use trash-put"},
          {"id":"deploys","action":"deploy.production","decision":"ask"}]}
        """;

    private const string Peculiar = """
        import os, signal, sys
        for number in [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGCHLD, signal.SIGCONT, signal.SIGTSTP, signal.SIGWINCH]:
            signal.signal(number, int(sys.argv[1]) and signal.SIG_IGN or signal.SIG_DFL)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [signal.SIGUSR1, signal.SIGALRM] if int(sys.argv[1]) else [])
        os.dup2(os.open("/dev/null", os.O_RDONLY), 9)
        os.umask(0o027)
        os.execve(sys.argv[2], sys.argv[2:], {b"ODD": b"\xff\xfe", b"EMPTY": b"", b"XDG_RUNTIME_DIR": os.environb[b"XDG_RUNTIME_DIR"]})
        """;

    private const string Told = """
        import os, sys, resource
        status = open("/proc/self/status").read().split("\n")
        print([line for line in status if line.startswith(("SigIgn", "SigBlk", "SigCgt", "Umask", "NoNewPrivs", "Threads"))])
        print(sorted(os.environb.items()), os.getcwd(), sys.argv, sorted(os.listdir("/proc/self/fd")), os.getsid(0) == os.getpid())
        print(resource.getrlimit(resource.RLIMIT_NOFILE), os.isatty(0), sys.stdin.read())
        """;

    private readonly ToolBench _bench = new(Rules);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void What_was_allowed_cannot_tell_that_it_was_asked_about(int isPeculiar)
    {
        _bench.Write("peculiar.py", Peculiar);
        _bench.Write("told.py", Told);
        var direct = _bench.Run($"/usr/bin/python3 peculiar.py {isPeculiar} /usr/bin/python3 told.py 'a  b' '' é", "in").Expect(0);
        var asked = _bench.Run($"/usr/bin/python3 peculiar.py {isPeculiar} {_bench.Programs}/clearance exec --action shell.exec -- /usr/bin/python3 told.py 'a  b' '' é", "in").Expect(0);
        Assert.Equal(direct.Output, asked.Output);
        Assert.Equal("", asked.Error);
    }

    [Fact]
    public void What_was_denied_is_not_run()
    {
        _bench.Write("precious", "x");
        var denied = _bench.Run("clearance exec --action shell.exec -- rm precious").Expect(1);
        Assert.Equal(("", "clearance: denied by rule:no-rm: use trash-put\n"), (denied.Output, denied.Error));
        Assert.True(File.Exists(_bench.At("precious")));
    }

    [Theory]
    [InlineData("allow", 0, "released --all\n")]
    [InlineData("deny", 1, "")]
    public void The_recipe_asks_a_person_and_deploys_or_not(string verdict, int exitCode, string output)
    {
        _bench.Write("deploy", "#!/bin/sh\necho released \"$@\"\n", isProgram: true);
        var (result, ask, _) = _bench.Answer(Recipe.Read("Any command"), verdict, "deploy.production");
        Assert.Equal(output, result.Expect(exitCode).Output);
        Assert.Equal("""["./deploy","--all"]""", ask.GetProperty("argv").GetRawText());
        Assert.Equal(_bench.At("deploy"), ask.GetProperty("details").GetProperty("program").GetString());
    }
}
