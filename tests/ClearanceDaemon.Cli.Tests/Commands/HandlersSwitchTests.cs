using static ClearanceDaemon.Cli.Tests.HandlersDaemon;

namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>Handlers are switched on and off.</summary>
public sealed class HandlersSwitchTests
{
    [Theory]
    [InlineData("enable", "terok-shield", "terok-shield is on\n")]
    [InlineData("disable", "terok-shield", "terok-shield was off already\n")]
    [InlineData("enable", "hello", "hello was on already\n")]
    [InlineData("disable", "hello", "hello is off\n")]
    public void BothWaysAndTwiceIsFine(string word, string name, string said)
    {
        using var daemon = new HandlersDaemon(Hello, Shield);
        Assert.Equal(new Outcome(0, said, ""), InProcess.Against(daemon.Daemon, "handlers", word, name));
        Assert.Equal($$"""{"name":"{{name}}"}""", daemon.Told("handlers." + word).GetRawText());
    }

    [Fact]
    public void JsonIsWhatTheDaemonSaid()
    {
        using var daemon = new HandlersDaemon(Hello);
        Assert.Equal($$"""{"changed":false,"handler":{{Hello}}}""" + "\n", InProcess.Against(daemon.Daemon, "handlers", "enable", "hello", "--json").Out);
    }

    [Fact]
    public void OneThatCannotWorkSaysWhy()
    {
        using var daemon = new HandlersDaemon(Hello.Replace("\"state\":\"ok\"", "\"state\":\"bad\",\"problem\":\"no socket\"", StringComparison.Ordinal));
        Assert.Equal("hello was on already\nbad: no socket\n", InProcess.Against(daemon.Daemon, "handlers", "enable", "hello").Out);
    }

    [Fact]
    public void ItsSocketIsTold()
    {
        using var daemon = new HandlersDaemon(Shield.Replace("\"inFlight\"", "\"socket\":\"/run/x.sock\",\"inFlight\"", StringComparison.Ordinal));
        Assert.Equal("terok-shield is on\nit listens at /run/x.sock\n", InProcess.Against(daemon.Daemon, "handlers", "enable", "terok-shield").Out);
    }

    [Theory]
    [InlineData(-32602, "invalid_params", "name")]
    [InlineData(-32004, "unknown_request", null)]
    public void AnUnknownNameSaysWhereNamesAre(int code, string name, string? member)
    {
        using var daemon = new HandlersDaemon(Hello) { Otherwise = exchange => exchange.Error(code, name, "no", member) };
        InProcess.Against(daemon.Daemon, "handlers", "enable", "nobody").AssertFailed(1, "nobody: there is no handler of this name", "clearance handlers list");
    }

    [Theory]
    [InlineData(-32002, "forbidden", 1, "hello stays as it is: not from here. clearance handlers list")]
    [InlineData(-32008, "unavailable", 127, "the daemon answered unavailable: not from here")]
    public void ARefusalIsTold(int code, string name, int exitCode, string said)
    {
        using var daemon = new HandlersDaemon(Hello) { Otherwise = exchange => exchange.Error(code, name, "not from here") };
        InProcess.Against(daemon.Daemon, "handlers", "disable", "hello").AssertFailed(exitCode, said);
    }

    [Theory]
    [InlineData("\"name\":\"other\"", "\"enabled\":true")]
    [InlineData("\"name\":\"hello\"", "\"enabled\":false")]
    public void AnAnswerToSomethingElseIsNone(string name, string enabled)
    {
        var item = Hello.Replace("\"name\":\"hello\"", name, StringComparison.Ordinal).Replace("\"enabled\":true", enabled, StringComparison.Ordinal);
        using var daemon = new HandlersDaemon(Hello) { Otherwise = exchange => exchange.Result($$"""{"changed":true,"handler":{{item}}}""") };
        InProcess.Against(daemon.Daemon, "handlers", "enable", "hello").AssertFailed(127, "answered otherwise");
    }

    [Theory]
    [InlineData("enable")]
    [InlineData("disable", "a", "b")]
    public void OneNameIsNeeded(params string[] args)
    {
        using var daemon = new HandlersDaemon(Hello);
        InProcess.Against(daemon.Daemon, ["handlers", .. args]).AssertFailed(126);
        Assert.Empty(daemon.Daemon.Lines);
    }
}
