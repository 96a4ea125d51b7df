using System.Runtime.Versioning;

namespace ClearanceDaemon.Tests.Activated;

/// <summary>An activated start that fails answers its callers with the reason, on every socket, and ends when told that something was mended.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FailedStartTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("clearance-activated-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Failing_after_the_sockets_were_taken_over()
    {
        Write("state/clearance/audit/2026-11.jsonl", "garbage\n");
        Assert.Equal(ExitCodes.Refused, Unavailable("ask:operator", "audit", "ask", "operator"));
    }

    [Theory]
    [InlineData("""{"logLevel":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"askSockets":{"\udc00":{}}}""")]
    [InlineData("{")]
    public void Wrong_settings(string settings)
    {
        Write("config/clearance/clearanced.json", settings);
        Assert.Equal(ExitCodes.Configuration, Unavailable("ask:operator", "clearanced.json", "ask", "operator"));
    }

    [Fact]
    public void One_descriptor_of_two_is_no_listener() =>
        Assert.Equal(ExitCodes.Refused, Unavailable("ask:bad", "descriptor 4", "ask"));

    [Theory]
    [InlineData("ask.operator")]
    [InlineData("ask.ask")]
    public void A_name_that_would_pass_for_another_door(string name) =>
        Assert.Equal(ExitCodes.Refused, Unavailable($"{name}:operator", name, name, "operator"));

    [Fact]
    public void Flags_that_make_no_sense() =>
        Assert.Equal(ExitCodes.Usage, Unavailable("ask:operator", "flags", ["--no-such-flag"], "ask", "operator"));

    [Fact]
    public void In_the_foreground_it_is_one_line_and_the_exit_code()
    {
        Write("config/clearance/clearanced.json", """{"logLevel":"\ud800"}""");
        using var daemon = new ActivatedDaemon(_root, "");
        Assert.Equal(ExitCodes.Configuration, daemon.Exit());
        Assert.StartsWith("clearanced: ", Assert.Single(daemon.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_one_serves_both_and_stops_well()
    {
        using var daemon = new ActivatedDaemon(_root, "ask:operator");
        Assert.Contains("pong", daemon.Exchange("ask", "clearance.ping"), StringComparison.Ordinal);
        Assert.Contains("pong", daemon.Exchange("operator", "clearance.ping"), StringComparison.Ordinal);
        daemon.AwaitError(" serves ");
        Assert.Equal(ExitCodes.Ok, daemon.EndBy("TERM"));
    }

    private int Unavailable(string names, string why, params string[] served) => Unavailable(names, why, [], served);

    private int Unavailable(string names, string why, string[] flags, params string[] served)
    {
        using var daemon = new ActivatedDaemon(_root, names, flags);
        foreach (var name in served)
        {
            var answer = daemon.Exchange(name, "clearance.ping");
            Assert.Contains("\"unavailable\"", answer, StringComparison.Ordinal);
            Assert.Contains(why, answer, StringComparison.Ordinal);
        }

        return daemon.EndBy("HUP");
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
