using System.Diagnostics;
using System.Text.Json;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Handlers;
using ClearanceDaemon.Core.Tests.Server;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.External;

/// <summary>Handlers as an operator lists, switches and tries them, and as they come and go on disk.</summary>
public sealed class SwitchTests
{
    private static readonly (string, string)[] Two = [("anna", """{"decides":["demo.*"],"methods":{"anna.who":"ask"}}"""), ("bert", """{"methods":{"bert.who":"ask"}}""")];

    [Theory]
    [InlineData("handlers.enable", """{"name":"nobody"}""", "no such handler")]
    [InlineData("handlers.disable", """{"name":"nobody"}""", "no such handler")]
    [InlineData("handlers.disable", """{"name":""}""", "no such handler")]
    [InlineData("handlers.test", """{"name":"nobody","method":"x.y"}""", "no such handler")]
    [InlineData("handlers.test", """{"name":"terok-shield","method":"x.y"}""", "takes no requests")]
    [InlineData("handlers.test", """{"name":"anna"}""", "no such method")]
    [InlineData("handlers.test", """{"name":"anna","method":"bert.who"}""", "no such method")]
    [InlineData("handlers.test", """{"name":"anna","method":"anna.who","params":[1]}""", "object")]
    [InlineData("handlers.test", """{"name":"anna","method":"anna.who","params":{"n":1.5}}""", "whole numbers")]
    [InlineData("handlers.test", """{"name":"anna","method":"anna.who","ask":{"action":"demo.x"}}""", "not both")]
    [InlineData("handlers.test", """{"name":"anna","ask":{"action":"else.x"}}""", "does not decide")]
    [InlineData("handlers.test", """{"name":"bert","ask":{"action":"demo.x"}}""", "does not decide")]
    [InlineData("handlers.test", """{"name":"anna","ask":{"action":"NO"}}""", "action")]
    [InlineData("handlers.enable", """{"name":"anna","more":1}""", "")]
    public void What_makes_no_sense_is_refused_and_says_why(string method, string parameters, string message)
    {
        using var world = new HandlerWorld(Two);
        var error = world.Daemon.OperatorCall(method, parameters);
        Assert.Equal("invalid_params", Asking.Essence(error));
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(world.Fake.Seen);
        Assert.Empty(world.Records("handler"));
        Assert.Equal("method_not_found", Asking.Essence(world.Call(method, parameters, "ask")));
    }

    [Fact]
    public void Off_is_off_at_once_on_record_on_disk_and_told_and_on_again_too()
    {
        using var world = new HandlerWorld(Two);
        using var person = new Person(world.Daemon);
        world.Fake.Script = Answer;
        Assert.Equal(1, world.Call("anna.who").GetInt32());
        var off = world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""");
        Assert.Equal((true, "disabled"), (off.GetProperty("changed").GetBoolean(), off.GetProperty("handler").GetProperty("state").GetString()));
        Assert.Equal("method_not_found", Asking.Essence(world.Call("anna.who")));
        Assert.Equal("""{"version":1,"on":[],"off":["anna"]}""", File.ReadAllText(Path.Combine(world.Daemon.State, "handlers.json")).Trim());
        Assert.Equal("disabled", person.Next("handler").GetProperty("data").GetProperty("state").GetString());
        Assert.False(world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""").GetProperty("changed").GetBoolean());
        Eventually.True(() => world.Fake.Keeps.Last().Handlers.Keys.SequenceEqual(["bert"]), "its process is ended");

        Assert.True(world.Daemon.OperatorCall("handlers.enable", """{"name":"anna"}""").GetProperty("changed").GetBoolean());
        Assert.Equal(1, world.Call("anna.who").GetInt32());
        Assert.Equal("ok", person.Next("handler").GetProperty("data").GetProperty("state").GetString());
        Assert.Equal(["anna off", "anna on"], world.Records("handler").Select(static record => $"{record.GetProperty("handler")} {record.GetProperty("switched")}"));
    }

    [Fact]
    public async Task Switches_that_come_together_do_not_undo_each_other_on_disk()
    {
        var names = Enumerable.Range(0, 12).Select(static i => $"h{i}").ToArray();
        using var world = new HandlerWorld([.. names.Select(static name => (name, $$$"""{"methods":{"{{{name}}}.x":"ask"}}"""))]);
        await Task.WhenAll(names.Select(name => Task.Run(() => world.Daemon.OperatorCall("handlers.disable", $$"""{"name":"{{name}}"}"""))));
        Assert.Equal(names.Order(StringComparer.Ordinal), Off(world));
        await Task.WhenAll(names.Select((name, i) => Task.Run(() => world.Daemon.OperatorCall(i % 2 == 0 ? "handlers.enable" : "handlers.disable", $$"""{"name":"{{name}}"}"""))));
        Assert.Equal(names.Where(static (_, i) => i % 2 == 1).Order(StringComparer.Ordinal), Off(world));
    }

    [Fact]
    public void An_off_that_could_not_be_kept_is_off_all_the_same_and_a_second_one_keeps_it()
    {
        using var world = new HandlerWorld(Two);
        File.SetUnixFileMode(world.Daemon.State, (UnixFileMode)0b111_101_101);
        try
        {
            var error = world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""");
            Assert.Equal("unavailable", Asking.Essence(error));
            Assert.Contains("would be on again after a restart", error.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal("disabled", world.State("anna"));
            Assert.Equal("unavailable", Asking.Essence(world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""")));
            Assert.Equal("unavailable", Asking.Essence(world.Daemon.OperatorCall("handlers.enable", """{"name":"anna"}""")));
            Assert.Equal("disabled", world.State("anna"));
        }
        finally
        {
            File.SetUnixFileMode(world.Daemon.State, (UnixFileMode)0b111_000_000);
        }

        Assert.False(world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""").GetProperty("changed").GetBoolean());
        Assert.Equal(["anna"], Off(world));
    }

    [Fact]
    public void From_a_sandbox_it_can_be_switched_off_and_not_on()
    {
        using var world = new HandlerWorld(Two);
        Assert.Contains("\"changed\":true", Sandboxed(world, "handlers.disable"), StringComparison.Ordinal);
        Assert.Contains("namespace", Sandboxed(world, "handlers.enable"), StringComparison.Ordinal);
        Assert.Equal("disabled", world.State("anna"));
        Assert.DoesNotContain(world.Records("handler"), static record => record.GetProperty("switched").GetString() == "on");
    }

    [Fact]
    public async Task A_test_shows_both_lines_also_of_one_that_is_off_and_counts_nowhere()
    {
        using var world = new HandlerWorld(Two);
        world.Daemon.OperatorCall("handlers.disable", """{"name":"anna"}""");
        var test = Task.Run(() => world.Daemon.OperatorCall("handlers.test", """{"name":"anna","ask":{"action":"demo.x"}}"""));
        var order = world.Fake.Next();
        Assert.True(order.Order.IsTest && order.Params.GetProperty("test").GetBoolean());
        order.Reply($$"""{"result":{"digest":"{{order.Digest}}","verdict":"allow"},"sent":"> é","received":"<"}""");
        var result = await test;
        Assert.Equal("> é < allowed", $"{result.GetProperty("sent")} {result.GetProperty("received")} {result.GetProperty("verdict")}");

        for (var i = 0; i < 8; i++)
        {
            test = Task.Run(() => world.Daemon.OperatorCall("handlers.test", """{"name":"anna","method":"anna.who","params":{"n":1}}"""));
            world.Fake.Next().Reply("""{"failure":{"why":"exit","message":"exit code 1"},"sent":">","received":"<"}""");
            result = await test;
            Assert.Equal("> < exit", $"{result.GetProperty("sent")} {result.GetProperty("received")} {result.GetProperty("failure").GetProperty("why")}");
            Assert.False(result.TryGetProperty("verdict", out _));
        }

        var item = world.Item("anna");
        Assert.Equal((0, 0, false), (item.GetProperty("calls").GetInt32(), item.GetProperty("failures").GetInt32(), item.TryGetProperty("lastFailure", out _)));
        Assert.Equal("ok", world.Daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
        Assert.DoesNotContain(world.Daemon.AuditRecords(), static record => record.GetProperty("kind").GetString() is "verdict" or "effect");
    }

    [Fact]
    public async Task The_lines_of_a_test_are_cut_to_fit_an_operators_line()
    {
        using var world = new HandlerWorld(Two);
        using var client = world.Daemon.Operator();
        client.Send("""{"jsonrpc":"2.0","id":1,"method":"handlers.test","params":{"name":"anna","method":"anna.who"}}""" + "\n");
        var noise = string.Concat(Enumerable.Repeat("\\u0001", HandlersTestHandler.LineCharacters + 1));
        world.Fake.Next().Reply($$$"""{"failure":{"why":"protocol","message":"no JSON"},"sent":"{{{noise}}}","received":"{{{noise}}}"}""");
        var line = await Task.Run(client.ReadLine);
        Assert.InRange(line!.Length, HandlersTestHandler.LineCharacters * 12, ProtocolLimits.OperatorLineBytes);
        Assert.EndsWith("(cut)", TestDaemon.Parse(line).GetProperty("result").GetProperty("received").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_come_change_and_go_while_calls_are_out()
    {
        using var world = new HandlerWorld(Two);
        var call = world.CallAsync("bert.who");
        var order = world.Fake.Next();
        world.Daemon.WriteManifest("carl", HandlerWorld.Manifest("carl", """{"methods":{"carl.new":"ask"}}"""));
        world.Daemon.WriteManifest("bert", HandlerWorld.Manifest("bert", """{"methods":{"bert.other":"ask"}}"""));
        File.Delete(Path.Combine(world.Daemon.HandlersDirectory, "anna.json"));
        world.Reload();
        Eventually.True(() => world.Fake.Keeps.Last().Handlers.Keys.Order(StringComparer.Ordinal).SequenceEqual(["bert", "carl"]), "the rest may go on");
        Assert.NotEqual(order.Order.Manifest, world.Fake.Keeps.Last().Handlers["bert"]);
        order.Call("1");
        Assert.Equal(1, (await call).GetInt32());
        world.Fake.Script = Answer;
        Assert.Equal("method_not_found", Asking.Essence(world.Call("bert.who")));
        Assert.Equal("method_not_found", Asking.Essence(world.Call("anna.who")));
        Assert.Equal((1, 1), (world.Call("bert.other").GetInt32(), world.Call("carl.new").GetInt32()));
        Assert.Equal(["bert", "carl", "terok-shield"], world.Daemon.OperatorCall("handlers.list").GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("name").GetString()));
    }

    [Fact]
    public void A_change_on_disk_is_seen_without_being_told()
    {
        using var world = new HandlerWorld(Two);
        world.Fake.Script = Answer;

        // The watch begins some time after the start: what is written before is read when it begins.
        world.Daemon.WriteManifest("carl", HandlerWorld.Manifest("carl", """{"methods":{"carl.new":"ask"}}"""));
        Eventually.True(() => world.Call("carl.new").ValueKind == JsonValueKind.Number, "its method is there");
        File.Delete(Path.Combine(world.Daemon.HandlersDirectory, "carl.json"));
        Eventually.True(() => world.Call("carl.new").ValueKind == JsonValueKind.Object, "it is gone");
    }

    [Fact]
    public void A_bad_manifest_is_a_problem_of_its_own_and_the_daemon_says_so()
    {
        using var world = new HandlerWorld(Two);
        world.Daemon.WriteManifest("bad", "{\n  oops");
        world.Daemon.WriteManifest("anna", HandlerWorld.Manifest("anna", """{"methods":{"clearance.ask":"ask"}}"""));
        world.Reload();
        var list = world.Daemon.OperatorCall("handlers.list");
        Assert.Equal(["bert", "terok-shield"], list.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("name").GetString()));
        Assert.Contains(list.GetProperty("problems").EnumerateArray(), static problem => problem.GetProperty("file").GetString()!.EndsWith("bad.json", StringComparison.Ordinal) && problem.GetProperty("line").GetInt32() == 2);
        Assert.Equal("degraded", world.Daemon.OperatorCall("daemon.status").GetProperty("state").GetString());
    }

    private static bool Answer(FakeOrder order)
    {
        order.Call("1");
        return true;
    }

    private static IEnumerable<string?> Off(HandlerWorld world) =>
        TestDaemon.Parse(File.ReadAllText(Path.Combine(world.Daemon.State, "handlers.json"))).GetProperty("off").EnumerateArray().Select(static name => name.GetString());

    private static string Sandboxed(HandlerWorld world, string method)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3") && File.Exists("/usr/bin/unshare"), "no python3 or unshare here");
        const string script = "import socket,sys;s=socket.socket(socket.AF_UNIX);s.connect(sys.argv[1]);s.sendall(sys.argv[2].encode()+b'\\n');print(s.makefile().readline())";
        var line = $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{"name":"anna"}}""";
        var start = new ProcessStartInfo("/usr/bin/unshare", ["-U", "--map-current-user", "/usr/bin/python3", "-c", script, Path.Combine(world.Daemon.Root, "operator", "s"), line]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Eventually.Limit), "the sandbox did not end");
        return answer;
    }
}
