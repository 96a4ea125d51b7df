using System.Text.Json;
using ClearanceDaemon.EndToEnd.Support;

namespace ClearanceDaemon.EndToEnd;

/// <summary>Somebody else's host on ClearanceDaemon.Core, as native code: its method, its role, and all that the daemon has.</summary>
public sealed class SampleHostTests : IDisposable
{
    private readonly TestHome _home = new();
    private readonly Daemon _host;

    public SampleHostTests()
    {
        var program = NativeHost.Program;
        Directory.CreateDirectory(Path.Combine(Place, "rules.d"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(Place, "rules.d", "10-demo.json"), TestHome.DemoRules);
        File.SetUnixFileMode(Path.Combine(Place, "rules.d", "10-demo.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _host = new Daemon(_home.Environment, program, Place);
        _host.WaitForAnswer(Socket("ask"));
    }

    public void Dispose()
    {
        _host.Dispose();
        _home.Dispose();
    }

    [Fact]
    public void It_is_a_program_of_under_sixty_lines_that_needs_no_other_file()
    {
        var source = Path.Combine(Repository.Root, "tests", "ClearanceDaemon.SampleHost", "Program.cs");
        Assert.InRange(File.ReadAllLines(source).Length, 1, 59);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(NativeHost.Program)!, "*.dll"));
    }

    [Fact]
    public void Its_method_takes_typed_parameters_and_knows_its_caller()
    {
        using var client = new LineClient(Socket("ci"));
        Assert.Equal(1, Report(client, """{"commit":"abc","seconds":40}""").GetProperty("result").GetProperty("builds").GetInt32());
        var second = Report(client, """{"commit":"def","seconds":30}""").GetProperty("result");
        Assert.Equal((2, 40), (second.GetProperty("builds").GetInt32(), second.GetProperty("slowest").GetInt32()));
        Assert.Equal(Environment.ProcessId, second.GetProperty("reporter").GetInt32());
    }

    [Theory]
    [InlineData("""{"commit":"abc","seconds":"forty"}""", "seconds")]
    [InlineData("""{"commit":"abc","seconds":-1}""", "seconds")]
    [InlineData("""{"commit":"abc","seconds":1,"host":"x"}""", "host")]
    [InlineData("""{"commit":"abc","seconds":1e9999}""", "seconds")]
    public void Parameters_that_do_not_fit_are_invalid_and_the_member_is_named(string parameters, string member)
    {
        using var client = new LineClient(Socket("ci"));
        var error = Report(client, parameters).GetProperty("error");
        Assert.Equal((-32602, "invalid_params"), (error.GetProperty("code").GetInt32(), error.GetProperty("data").GetProperty("code").GetString()));
        Assert.Equal(member, error.GetProperty("data").GetProperty("member").GetString());
        // The connection lives.
        Assert.True(Report(client, """{"commit":"abc","seconds":1}""").TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("""{"commit":"abc"}""")]
    [InlineData("""{}""")]
    public void A_missing_parameter_is_not_a_zero(string parameters)
    {
        using var client = new LineClient(Socket("ci"));
        Assert.Equal(-32602, Report(client, parameters).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("ask", "build.report")]
    [InlineData("operator", "build.report")]
    [InlineData("ask", "daemon.status")]
    [InlineData("ci", "daemon.status")]
    [InlineData("ci", "clearance.ask")]
    [InlineData("ci", "clearance.ping")]
    public void A_method_of_another_role_does_not_exist(string socket, string method)
    {
        using var client = new LineClient(Socket(socket));
        Assert.Equal(-32601, client.Exchange(LineClient.Call(1, method, """{"commit":"abc","seconds":1}""")).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public void It_answers_asks_by_rules_shows_its_sockets_and_keeps_an_audit_log()
    {
        using (var client = new LineClient(Socket("ask")))
        {
            Assert.Equal("allowed", client.Exchange(LineClient.Ask(1, "demo.read")).GetProperty("result").GetProperty("outcome").GetString());
            Assert.Equal("denied", client.Exchange(LineClient.Ask(2, "demo.write")).GetProperty("result").GetProperty("outcome").GetString());
        }

        using (var client = new LineClient(Socket("operator")))
        {
            var status = client.Exchange(LineClient.Call(1, "daemon.status")).GetProperty("result");
            Assert.Equal(["ask", "operator", "ci"], status.GetProperty("sockets").EnumerateArray().Select(static socket => socket.GetProperty("role").GetString()));
        }

        Assert.Equal(0, _host.Stop());
        Assert.True(AuditChain.Read(Path.Combine(Place, "state", "audit")).Mentions("demo.write"));
        Assert.Empty(Directory.GetFiles(Place, "*.sock", SearchOption.AllDirectories));
    }

    [Fact]
    public void Its_sockets_and_directories_are_private()
    {
        Assert.All((string[])["ask", "operator", "ci"], name =>
        {
            Assert.Equal(0x180, Lstat.Permissions(Socket(name)));
            Assert.Equal(0x1C0, Lstat.Permissions(Path.GetDirectoryName(Socket(name))!));
        });
    }

    [Fact]
    public void A_second_one_in_the_same_directory_does_not_start()
    {
        using var second = new Daemon(_home.Environment, NativeHost.Program, Place);
        Assert.NotEqual(0, second.WaitForExit());
        Assert.Contains($"{_host.Pid}", second.Log, StringComparison.Ordinal);
        using var client = new LineClient(Socket("ask"));
        Assert.Equal(_host.Pid, client.Exchange(LineClient.Call(1, "clearance.ping")).GetProperty("result").GetProperty("pid").GetInt32());
    }

    private string Place => Path.Combine(_home.Root, "host");

    private string Socket(string name) => Path.Combine(Place, name, "clearance.sock");

    private static JsonElement Report(LineClient client, string parameters) => client.Exchange(LineClient.Call(1, "build.report", parameters));
}
