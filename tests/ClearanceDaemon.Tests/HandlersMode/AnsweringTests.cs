using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>Programs that do as they should, in both modes.</summary>
[Collection(HandlersCollection.Name)]
public sealed class AnsweringTests : IDisposable
{
    private readonly HandlersFixture _handlers = new();

    public static TheoryData<string> Modes => ["Kept", "Request"];

    public void Dispose() => _handlers.Dispose();

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_request_is_answered_with_the_handlers_result(string mode)
    {
        var manifest = _handlers.Add("good", Scripts.Good, Enum.Parse<ManifestMode>(mode));
        const string Request = """{"method":"hello.world","params":{"name":"Ada \"é\""},"uid":1000,"v":1,"via":"ask"}""";
        for (var i = 0; i < 3; i++)
        {
            var result = _handlers.Run(manifest, Request).GetProperty("result");
            Assert.Equal(Orders.DigestOf(Request), result.GetProperty("digest").GetString());
            Assert.Equal("Ada \"é\"", result.GetProperty("result").GetProperty("hello").GetString());
        }

        _handlers.Client.Dispose();
        _handlers.AssertNoProcess();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_shell_script_will_do(string mode)
    {
        var manifest = _handlers.Add("shell", Scripts.Shell, Enum.Parse<ManifestMode>(mode));
        Assert.Equal("sh", _handlers.Run(manifest).GetProperty("result").GetProperty("result").GetProperty("hello").GetString());
    }

    [Fact]
    public void A_kept_program_is_one_process_for_all_requests_and_a_request_program_one_for_each()
    {
        const string Pid = """
            for r in requests():
                answer(r, result={"digest": r["params"]["digest"], "pid": os.getpid()})
            """;
        var kept = _handlers.Add("kept", Scripts.Of(Pid));
        var once = _handlers.Add("once", Scripts.Of(Pid), ManifestMode.Request);
        Assert.Equal(PidOf(kept), PidOf(kept));
        Assert.NotEqual(PidOf(once), PidOf(once));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Requests_up_to_the_concurrency_are_in_flight_together_and_one_more_is_busy(string mode)
    {
        var gate = Path.Combine(_handlers.Root, "gate");
        var wait = $"""
            import threading
            def wait(r):
                while not os.path.exists("{gate}"):
                    time.sleep(0.005)
                answer(r)
            for r in requests():
                threading.Thread(target=wait, args=(r,)).start()
            """;
        var manifest = _handlers.Add("gated", Scripts.Of(wait), Enum.Parse<ManifestMode>(mode), concurrency: 3);

        // With the manifests read, orders are taken in the order they come.
        _handlers.Run(_handlers.Add("first", Scripts.Good));
        var sent = Enumerable.Range(0, 4).Select(_ => _handlers.Send(Orders.Call("gated", manifest.Sha256))).ToArray();
        var (busy, failure) = _handlers.Next();
        Assert.Equal(sent[3], busy);
        Assert.Equal("busy", failure.GetProperty("failure").GetProperty("why").GetString());
        File.WriteAllText(gate, "");
        var answered = Enumerable.Range(0, 3).Select(_ => _handlers.Next()).ToArray();
        Assert.Equal(sent[..3], answered.Select(static reply => reply.Id).Order());
        Assert.All(answered, static reply => Assert.True(reply.Result.TryGetProperty("result", out _), reply.Result.GetRawText()));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void An_error_of_the_handlers_own_is_handed_on(string mode)
    {
        var manifest = _handlers.Add("wrong", Scripts.Of("""
            for r in requests():
                print(json.dumps({"jsonrpc": "2.0", "id": r["id"], "error": {"code": -32602, "message": "no \u001b name", "data": [1]}}), flush=True)
            """), Enum.Parse<ManifestMode>(mode));
        var error = _handlers.Run(manifest).GetProperty("error");
        Assert.Equal(-32602, error.GetProperty("code").GetInt32());
        Assert.Equal("no \u001b name", error.GetProperty("message").GetString());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_test_shows_both_lines(string mode)
    {
        var manifest = _handlers.Add("shown", Scripts.Good, Enum.Parse<ManifestMode>(mode));
        var reply = _handlers.Run(manifest, test: true);
        var sent = JsonDocument.Parse(reply.GetProperty("sent").GetString()!).RootElement;
        Assert.Equal("handler.call", sent.GetProperty("method").GetString());
        Assert.Equal(Orders.HelloRequest, sent.GetProperty("params").GetProperty("request").GetRawText());
        var received = JsonDocument.Parse(reply.GetProperty("received").GetString()!).RootElement;
        Assert.Equal(sent.GetProperty("id").GetInt32(), received.GetProperty("id").GetInt32());
        Assert.False(_handlers.Run(manifest).TryGetProperty("sent", out _));
    }

    [Fact]
    public void A_long_answer_fits_at_its_cap_and_one_byte_more_does_not()
    {
        var manifest = _handlers.Add("long", Scripts.Of("""
            for r in requests():
                line = json.dumps({"jsonrpc": "2.0", "id": r["id"], "result": {"digest": r["params"]["digest"], "pad": ""}})
                size = r["params"]["request"]["params"]["size"] - len(line)
                print(line[:-3] + "x" * size + line[-3:], flush=True)
            """), maxOutput: 200_000);
        Assert.True(_handlers.Run(manifest, SizeRequest(200_000)).TryGetProperty("result", out var result));
        Assert.Equal(200_000, result.GetRawText().Length + """{"jsonrpc": "2.0", "id": 1, "result": }""".Length);
        _handlers.Fails("output", manifest, SizeRequest(200_001));
        Assert.True(_handlers.Run(manifest, SizeRequest(1000)).TryGetProperty("result", out _));
    }

    [Fact]
    public void Blanks_and_line_ends_around_an_answer_are_no_second_answer()
    {
        var manifest = _handlers.Add("blanks", Scripts.Of("""
            r = next(requests())
            line = json.dumps({"jsonrpc": "2.0", "id": r["id"], "result": {"digest": r["params"]["digest"]}})
            sys.stdout.write("  " + line + " \r\n\n  \n"); sys.stdout.flush()
            """), ManifestMode.Request);
        Assert.True(_handlers.Run(manifest).TryGetProperty("result", out _));
    }

    [Fact]
    public void What_runs_on_after_its_answer_is_ended()
    {
        var manifest = _handlers.Add("lingers", Scripts.Of("""
            r = next(requests())
            subprocess.Popen(["sleep", "1000"], start_new_session=True)
            answer(r)
            time.sleep(1000)
            """), ManifestMode.Request);
        Assert.True(_handlers.Run(manifest).TryGetProperty("result", out _));
        _handlers.AssertNoProcess();
    }

    [Fact]
    public void When_the_last_connection_closes_a_kept_program_may_finish_what_it_is_at()
    {
        var trace = Path.Combine(_handlers.Root, "trace");
        var manifest = _handlers.Add("finishes", Scripts.Of($"""
            for r in requests():
                answer(r)
            open("{trace}", "w").write("finished")
            """));
        _handlers.Run(manifest);
        Assert.Single(_handlers.Mine());
        _handlers.Client.Dispose();
        _handlers.AssertNoProcess();
        Assert.Equal("finished", File.ReadAllText(trace));
        Eventually.True(() => !_handlers.Log.Contains("kill", StringComparison.Ordinal), "nothing had to be killed");
    }

    private static string SizeRequest(int size) => $$"""{"method":"long.x","params":{"size":{{size}}},"uid":1000,"v":1,"via":"ask"}""";

    private int PidOf(Manifest manifest) => _handlers.Run(manifest).GetProperty("result").GetProperty("pid").GetInt32();
}
