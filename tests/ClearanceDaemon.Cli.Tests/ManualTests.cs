using System.CommandLine;
using System.Reflection;
using ClearanceDaemon.Cli.Commands;
using ClearanceDaemon.Cli.Tests.Processes;

namespace ClearanceDaemon.Cli.Tests;

/// <summary>The manual pages are well formed, and clearance(1) says of every verb, flag and exit code what there is.</summary>
public sealed class ManualTests
{
    private static readonly string Pages = Path.Combine(Root(), "packaging", "man");

    [Theory]
    [InlineData("clearance.1")]
    [InlineData("clearance-hook.1")]
    [InlineData("clearanced.8")]
    [InlineData("clearanced.json.5")]
    [InlineData("clearance-rules.5")]
    [InlineData("clearance-handlers.5")]
    public void EveryPageIsWellFormed(string page)
    {
        Assert.SkipUnless(RealProcess.Run("/bin/sh", ["-c", "command -v mandoc"]).ExitCode == 0, "mandoc is not installed");
        Assert.Equal(new Outcome(0, "", ""), RealProcess.Run("mandoc", ["-Tlint", "-W", "warning", Path.Combine(Pages, page)]));
    }

    [Fact]
    public void EveryVerbAndFlagIsDescribed()
    {
        var page = File.ReadAllText(Path.Combine(Pages, "clearance.1"));
        var context = new CommandContext(Surroundings.OfProcess());
        var root = CommandLine.Build(context);
        var missing = Verbs(root, "").Where(verb => !page.Contains($".Cm {verb.Name}\n"))
            .Select(static verb => verb.Name)
            .Concat(Verbs(root, "").SelectMany(static verb => verb.Command.Options).Concat(root.Options)
                .Where(option => !page.Contains($"Fl {option.Name[1..]}"))
                .Select(static option => option.Name))
            .Except(["--count"]);
        Assert.Empty(missing);
    }

    [Fact]
    public void EveryExitCodeIsDescribed()
    {
        var page = File.ReadAllText(Path.Combine(Pages, "clearance.1"));
        var codes = typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (int)field.GetRawConstantValue()!).Distinct();
        Assert.Equal([0, 1, 2, 3, 4, 126, 127, 130], codes.Order());
        Assert.All(codes, code => Assert.Contains($".It {code}\n", page));
    }

    [Fact]
    public void EveryVariableIsDescribed()
    {
        var page = File.ReadAllText(Path.Combine(Pages, "clearance.1"));
        Assert.All(
            (string[])["CLEARANCE_ASK_SOCKET", "CLEARANCE_OPERATOR_SOCKET", "CLEARANCE_INSTANCE", "CLEARANCE_SERVER_UID", "XDG_RUNTIME_DIR", "NO_COLOR", "TERM"],
            variable => Assert.Matches($@"(?m)^\.(It )?Ev .*\b{variable}\b", page));
    }

    private static IEnumerable<(string Name, Command Command)> Verbs(Command parent, string before) => parent.Subcommands.SelectMany(command =>
        command.Subcommands.Count > 0 ? Verbs(command, before + command.Name + " ") : [(before + command.Name, command)]);

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "ClearanceDaemon.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("no ClearanceDaemon.sln above the tests");
        }

        return directory.FullName;
    }
}
