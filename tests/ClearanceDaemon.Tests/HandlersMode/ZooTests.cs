using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>
/// Programs that do as they should not. Whatever they do, the order gets one reply that says what is wrong, nothing of
/// them is left, no descriptor either, and a handler beside them goes on answering.
/// </summary>
[Collection(HandlersCollection.Name)]
public sealed class ZooTests : IDisposable
{
    private readonly HandlersFixture _handlers = new();
    private readonly Manifest _good;

    public ZooTests()
    {
        _good = _handlers.Add("good", Scripts.Good);
        _handlers.Run(_good);
    }

    /// <summary>Each animal: its name, what is the matter with it, and its program.</summary>
    public static TheoryData<string, string, string> Animals => new()
    {
        { "never-answers", "deadline", "time.sleep(1000)" },
        { "ignores-sigterm", "deadline", "signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(1000)" },
        { "never-reads", "deadline", "os.close(0); time.sleep(1000)" },
        { "exits", "exit", "sys.exit(3)" },
        { "exits-well", "exit", "next(requests()); sys.exit(0)" },
        { "kills-itself", "exit", "os.kill(os.getpid(), 9)" },
        { "wrong-id", "protocol", "r = next(requests()); r['id'] += 1; answer(r); time.sleep(1000)" },
        { "text-id", "protocol", "r = next(requests()); r['id'] = str(r['id']); answer(r); time.sleep(1000)" },
        { "no-id", "protocol", "r = next(requests()); r['id'] = None; answer(r); time.sleep(1000)" },
        { "wrong-digest", "protocol", "r = next(requests()); r['params']['digest'] = 'sha256:' + '0' * 64; answer(r); time.sleep(1000)" },
        { "no-digest", "protocol", "r = next(requests()); answer(r, result={}); time.sleep(1000)" },
        { "result-is-text", "protocol", "r = next(requests()); answer(r, result='yes'); time.sleep(1000)" },
        { "result-and-error", "protocol", "r = next(requests()); answer(r, error={'code': 1, 'message': 'x'}); time.sleep(1000)" },
        { "old-version", "protocol", "r = next(requests()); answer(r, jsonrpc='1.0'); time.sleep(1000)" },
        { "more-members", "protocol", "r = next(requests()); answer(r, extra=1); time.sleep(1000)" },
        { "a-request", "protocol", "r = next(requests()); print(json.dumps(r), flush=True); time.sleep(1000)" },
        { "bad-json", "protocol", "next(requests()); print('{not json', flush=True); time.sleep(1000)" },
        { "blank-line", "protocol", "next(requests()); print('', flush=True); time.sleep(1000)" },
        { "two-values", "protocol", "r = next(requests()); sys.stdout.write('{},'); answer(r); time.sleep(1000)" },
        { "two-members", "protocol", "r = next(requests()); d = r['params']['digest']; print('{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":{\"digest\":\"x\",\"digest\":\"%s\"}}' % (r['id'], d), flush=True); time.sleep(1000)" },
        { "half-surrogate", "protocol", "r = next(requests()); answer(r, result={'digest': r['params']['digest'], 'x': '\\ud800'}); time.sleep(1000)" },
        { "nul", "protocol", "r = next(requests()); answer(r, result={'digest': r['params']['digest'], 'x': '\\u0000'}); time.sleep(1000)" },
        { "deep", "protocol", "r = next(requests()); x = 1\nfor i in range(31): x = [x]\nanswer(r, result={'digest': r['params']['digest'], 'x': x}); time.sleep(1000)" },
        { "latin-1", "protocol", "r = next(requests()); os.write(1, b'{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"digest\":\"\\xe9\"}}\\n'); time.sleep(1000)" },
        { "dies-mid-line", "exit", "r = next(requests()); os.write(1, b'{\"jsonrpc\":\"2.0\",\"id\":1,\"res'); os._exit(4)" },
        { "no-line-feed", "exit", "r = next(requests()); os.write(1, json.dumps({'jsonrpc': '2.0', 'id': 1, 'result': {'digest': r['params']['digest']}}).encode())" },
        { "one-endless-line", "output", "next(requests())\nwhile True: os.write(1, b'x' * 65536)" },
        { "endless-blanks", "output", "next(requests())\nwhile True: os.write(1, b' ' * 65536)" },
        { "closes-stdout", "protocol", "next(requests()); os.close(1); time.sleep(1000)" },
        { "execs-something-else", "deadline", "os.execv('/bin/sleep', ['sleep', '1000'])" },
        { "forks-twice-and-lingers", "exit", "next(requests())\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(1000)\n    os._exit(0)\nos.wait(); os._exit(5)" },
        { "leaves-a-reader", "exit", "next(requests())\nif os.fork() == 0:\n    time.sleep(1000)\nos._exit(6)" },
        { "breeds", "deadline", "os.setsid if 0 else None\nfor i in range(20):\n    if os.fork() == 0:\n        os.setsid()\n        for j in range(3): os.fork()\n        time.sleep(1000)\ntime.sleep(1000)" },
        { "floods-stderr", "exit", "next(requests())\nfor i in range(1600): os.write(2, b'nonsense\\n' * 7281)\nsys.stderr.write('the last words'); sys.stderr.flush(); os._exit(7)" },
    };

    public void Dispose() => _handlers.Dispose();

    [Theory]
    [MemberData(nameof(Animals))]
    public void B38_a_kept_animal_is_found_out_and_leaves_nothing(string name, string why, string program) => FindOut(name, why, program, ManifestMode.Kept);

    [Theory]
    [MemberData(nameof(Animals))]
    public void B38_an_animal_for_one_request_is_found_out_and_leaves_nothing(string name, string why, string program) => FindOut(name, why, program, ManifestMode.Request);

    [Theory]
    [InlineData("Kept")]
    [InlineData("Request")]
    public void B38_many_lines_end_at_the_first_that_answers_nothing(string mode)
    {
        var manifest = _handlers.Add("lines", Scripts.Of("next(requests())\nwhile True: os.write(1, b'{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\\n' * 1000)"), Enum.Parse<ManifestMode>(mode));
        _handlers.Fails("protocol", manifest);
    }

    [Fact]
    public void Two_answers_at_once_are_one_too_many_in_request_mode()
    {
        var manifest = _handlers.Add("twice", Scripts.Of("""
            r = next(requests())
            line = json.dumps({"jsonrpc": "2.0", "id": r["id"], "result": {"digest": r["params"]["digest"]}}) + "\n"
            os.write(1, (line + line).encode()); time.sleep(1000)
            """), ManifestMode.Request);
        _handlers.Fails("protocol", manifest);
    }

    [Fact]
    public void A_second_answer_of_a_kept_program_ends_it_also_between_requests()
    {
        var manifest = _handlers.Add("twice", Scripts.Of("""
            for r in requests():
                answer(r)
                time.sleep(0.05)
                answer(r)
            """));
        Assert.True(_handlers.Run(manifest).TryGetProperty("result", out _));
        Eventually.True(() => _handlers.Log.Contains("a second answer", StringComparison.Ordinal), "it is found out: " + _handlers.Log);
        Eventually.True(() => _handlers.Mine().Count == 1, "it is gone");
        Assert.True(_handlers.Run(manifest).TryGetProperty("result", out _));
    }

    [Fact]
    public void Every_request_in_flight_to_a_process_that_breaks_the_protocol_fails_and_the_next_starts_another()
    {
        var manifest = _handlers.Add("breaks", Scripts.Of("""
            for r in requests():
                if r["params"]["request"]["params"].get("break"):
                    print("nonsense", flush=True)
                elif not r["params"]["request"]["params"].get("wait"):
                    answer(r)
            """));
        static string Request(string member) => $$"""{"method":"x.y","params":{{{member}}},"v":1}""";
        for (var i = 0; i < 2; i++)
        {
            _handlers.Send(Orders.Call("breaks", manifest.Sha256, Request("\"wait\":true")));
            _handlers.Send(Orders.Call("breaks", manifest.Sha256, Request("\"wait\":true")));
            _handlers.Send(Orders.Call("breaks", manifest.Sha256, Request("\"break\":true")));
            Assert.All(Enumerable.Range(0, 3).Select(_ => _handlers.Next().Result), static reply => Assert.Equal("protocol", reply.GetProperty("failure").GetProperty("why").GetString()));
            Assert.True(_handlers.Run(manifest, Request("")).TryGetProperty("result", out _));
        }
    }

    [Fact]
    public void One_late_answer_ends_the_process_and_the_others_are_told_why()
    {
        var manifest = _handlers.Add("late", Scripts.Of("for r in requests(): pass"), seconds: 0.3);
        _handlers.Send(Orders.Call("late", manifest.Sha256));
        _handlers.Send(Orders.Call("late", manifest.Sha256));
        var whys = Enumerable.Range(0, 2).Select(_ => _handlers.Next().Result.GetProperty("failure").GetProperty("why").GetString()).Order().ToArray();
        Assert.Equal("deadline", whys[0]);
        Assert.Contains(whys[1], (string[])["deadline", "exit"]);
    }

    [Fact]
    public void A_request_of_60_KiB_to_a_program_that_does_not_read_is_bounded_by_its_deadline()
    {
        var manifest = _handlers.Add("deaf", Scripts.Of("time.sleep(1000)"), seconds: 0.5, concurrency: 4);
        var request = $$"""{"method":"x.y","params":{"pad":"{{new string('x', 60 * 1024)}}"},"v":1}""";
        for (var i = 0; i < 3; i++)
        {
            _handlers.Send(Orders.Call("deaf", manifest.Sha256, request));
        }

        Assert.All(Enumerable.Range(0, 3).Select(_ => _handlers.Next().Result), static reply => Assert.True(reply.TryGetProperty("failure", out _)));
        Eventually.True(() => _handlers.Mine().Count == 1, "only the good one is left");
    }

    private void FindOut(string name, string why, string program, ManifestMode mode)
    {
        // Once, for what is opened once and kept.
        var manifest = _handlers.Add(name, Scripts.Of(program), mode, seconds: why == "deadline" ? 0.5 : 30);
        var failure = _handlers.Fails(why, manifest);
        if (name == "floods-stderr")
        {
            Assert.EndsWith("the last words", failure.GetProperty("stderr").GetString(), StringComparison.Ordinal);
            Assert.InRange(_handlers.Log.Split("nonsense").Length, 2, 200);
        }

        AssertOnlyTheGoodOneLives();
        var before = Descendants.OpenDescriptors();
        using (var others = new SteadyCaller(_handlers, _good))
        {
            _handlers.Fails(why, manifest);
            others.AssertAnswered();
        }

        AssertOnlyTheGoodOneLives();
        Eventually.True(() => Descendants.OpenDescriptors() <= before, $"descriptors are back to {before}: {Descendants.OpenDescriptors()}");
    }

    private void AssertOnlyTheGoodOneLives() =>
        Eventually.True(() => _handlers.Mine().Count == 1 && Descendants.Zombies().Count == 0, "only the good one lives: " + JsonSerializer.Serialize(_handlers.Mine()));
}
