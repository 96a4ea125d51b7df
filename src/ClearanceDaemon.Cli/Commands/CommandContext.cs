using System.CommandLine;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>What every verb shares in one run: the surroundings, the terminal and the flags that all verbs take.</summary>
internal sealed class CommandContext
{
    public CommandContext(Surroundings surroundings)
    {
        Surroundings = surroundings;
        Terminal = new Terminal(surroundings);
        Colour.AcceptOnlyFromAmong(ColourMode.Auto, ColourMode.Always, ColourMode.Never);
    }

    public Surroundings Surroundings { get; }

    public Terminal Terminal { get; }

    public Option<string?> Instance { get; } = new("--instance")
    {
        Description = "the daemon's instance [env: CLEARANCE_INSTANCE]",
        HelpName = "NAME",
        Recursive = true,
    };

    public Option<string?> AskSocket { get; } = new("--ask-socket")
    {
        Description = "where to ask, a path or an abstract @NAME [env: CLEARANCE_ASK_SOCKET]",
        HelpName = "PATH|@NAME",
        Recursive = true,
    };

    public Option<string?> OperatorSocket { get; } = new("--operator-socket")
    {
        Description = "the operator's socket, a path [env: CLEARANCE_OPERATOR_SOCKET]",
        HelpName = "PATH",
        Recursive = true,
    };

    public Option<string> Colour { get; } = new("--color")
    {
        Description = "colours: auto (on a terminal, unless NO_COLOR or TERM=dumb), always or never",
        HelpName = "WHEN",
        Recursive = true,
        DefaultValueFactory = static _ => ColourMode.Auto,
    };

    public AddressFlags Flags(ParseResult parsed) =>
        new(parsed.GetValue(Instance), parsed.GetValue(AskSocket), parsed.GetValue(OperatorSocket));

    /// <param name="parsed">The command line.</param>
    /// <param name="role">A <see cref="Protocol.Methods.SocketRole"/>.</param>
    /// <param name="wait">How long the daemon will be asked to wait for a person.</param>
    public ClearanceClient Connect(ParseResult parsed, string role, TimeSpan wait = default) =>
        DaemonLink.Open(role, Flags(parsed), Surroundings, wait);

    /// <summary>A new option each time: an option belongs to one command.</summary>
    public static Option<bool> Json(string description) => new("--json") { Description = description };
}
