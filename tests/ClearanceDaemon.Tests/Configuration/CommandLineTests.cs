using ClearanceDaemon.Configuration;

namespace ClearanceDaemon.Tests.Configuration;

/// <summary>The flags as they are read; what a wrong one prints is seen from outside, in the process tests.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void No_arguments_are_the_usual_daemon() => Assert.Equal(new DaemonArguments(), Parse());

    [Fact]
    public void Every_flag_is_read()
    {
        var arguments = Parse(
            "--instance", "work", "--ephemeral", "--ask-socket", "/a", "--operator-socket", "/o", "--abstract", "name", "--rules", "/r", "--rules", "/s",
            "--log-level", "debug", "--json", "--handlers", "--handlers-config", "/h", "--until-eof", "--listener-fd", "5");
        Assert.Equal(["/r", "/s"], arguments.Rules);
        Assert.Equal(["/h"], arguments.HandlersConfig);
        Assert.Equal(
            new DaemonArguments
            {
                Instance = "work",
                Ephemeral = true,
                AskSocket = "/a",
                OperatorSocket = "/o",
                Abstract = "name",
                Rules = arguments.Rules,
                LogLevel = "debug",
                Json = true,
                Handlers = true,
                HandlersConfig = arguments.HandlersConfig,
                UntilEof = true,
                ListenerDescriptor = 5,
            },
            arguments);
    }

    [Fact]
    public void The_flags_of_the_handlers_process_are_read()
    {
        Assert.Equal(new DaemonArguments { Handlers = true }, Parse("--handlers"));
        var arguments = Parse("--handlers", "--until-eof", "--listener-fd", "3", "--handlers-config", "/h", "--handlers-config", "/i", "--log-level", "debug");
        Assert.Equal(["/h", "/i"], arguments.HandlersConfig);
        Assert.Equal(new DaemonArguments { Handlers = true, Rules = arguments.Rules, UntilEof = true, ListenerDescriptor = 3, HandlersConfig = arguments.HandlersConfig, LogLevel = "debug" }, arguments);
    }

    [Fact]
    public void Files_to_check_may_follow_one_flag() => Assert.Equal(["/a", "/b"], Parse("--check-rules", "/a", "/b").CheckRules!);

    [Theory]
    [InlineData("a")]
    [InlineData("abcdefghijklmnopqrst")]
    [InlineData("a_b-9")]
    public void A_good_name_of_an_instance_is_taken(string name) => Assert.Equal(name, Parse("--instance", name).Instance);

    [Theory]
    [InlineData("abcdefghijklmnopqrstu")]
    [InlineData("A")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void Another_is_wrong_usage(string name) => AssertUsage("--instance", name);

    [Theory]
    [InlineData("--log-level", "loud")]
    [InlineData("--nonsense", "x")]
    [InlineData("stray", "words")]
    [InlineData("--ask-socket", "/a", "--ask-socket", "/b")]
    public void What_makes_no_sense_is_wrong_usage(params string[] arguments) => AssertUsage(arguments);

    [Theory]
    [InlineData("--rules")]
    [InlineData("--check-rules")]
    [InlineData("--instance")]
    public void A_flag_without_its_value_is_wrong_usage(string flag) => AssertUsage(flag);

    private static DaemonArguments Parse(params string[] arguments)
    {
        var parsed = CommandLine.Parse(arguments, out var exitCode);
        Assert.Equal(ExitCodes.Ok, exitCode);
        return Assert.IsType<DaemonArguments>(parsed);
    }

    private static void AssertUsage(params string[] arguments)
    {
        Assert.Null(CommandLine.Parse(arguments, out var exitCode));
        Assert.Equal(ExitCodes.Usage, exitCode);
    }
}
