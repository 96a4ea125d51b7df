using System.CommandLine;

namespace ClearanceDaemon.Configuration;

/// <summary>The flags of clearanced.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Instance = new("--instance")
    {
        Description = "Run beside other daemons under this name: 1 to 20 of a-z, 0-9, _ and -.",
        HelpName = "NAME",
    };

    private static readonly Option<bool> Ephemeral = new("--ephemeral")
    {
        Description = "Sockets, settings and state in an unguessable directory, told as one JSON line on stdout and removed at exit.",
    };

    private static readonly Option<string> AskSocket = new("--ask-socket") { Description = "Serve askers at this path instead.", HelpName = "PATH" };

    private static readonly Option<string> OperatorSocket = new("--operator-socket") { Description = "Serve operators at this path instead.", HelpName = "PATH" };

    private static readonly Option<string> Abstract = new("--abstract")
    {
        Description = "Serve askers at the abstract address @NAME as well (Linux). It has no permissions: clients must check who listens.",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> Rules = new("--rules")
    {
        Description = "Read rules from this directory or file instead of the usual ones. May be repeated.",
        HelpName = "PATH",
    };

    private static readonly Option<string> LogLevel = new("--log-level") { Description = "The least that is logged.", HelpName = "LEVEL" };

    private static readonly Option<string[]> CheckRules = new("--check-rules")
    {
        Description = "Check these rule files and directories, run their tests, and exit: 0 all well, 1 errors.",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "With --check-rules: the report as one JSON object." };

    private static readonly Option<bool> Handlers = new("--handlers")
    {
        Description = "Be the process that runs handlers' programs for a daemon. It is started by a service manager, or by the daemon itself.",
    };

    // For the daemon that starts it beside itself.
    private static readonly Option<string[]> HandlersConfig = new("--handlers-config") { Hidden = true };

    private static readonly Option<bool> UntilEof = new("--until-eof") { Hidden = true };

    private static readonly Option<int?> ListenerDescriptor = new("--listener-fd") { Hidden = true };

    /// <summary>Reads the arguments; null when there is nothing to run (help, version, an error), with the exit code.</summary>
    public static DaemonArguments? Parse(string[] args, out int exitCode)
    {
        exitCode = ExitCodes.Ok;
        if (args.Length == 0)
        {
            // How a service manager starts us: no parser in the way of the first answer.
            return new();
        }

        if (args is ["--handlers"])
        {
            return new() { Handlers = true };
        }

        DaemonArguments? arguments = null;
        var root = new RootCommand(
            "clearanced answers 'may I do this?' for the programs of one user, over sockets only that user can reach. "
            + "It is meant to be started by a service manager; see clearanced(8).")
        {
            Instance, Ephemeral, AskSocket, OperatorSocket, Abstract, Rules, LogLevel, CheckRules, Json,
            Handlers, HandlersConfig, UntilEof, ListenerDescriptor,
        };
        LogLevel.AcceptOnlyFromAmong(Settings.LogLevels);
        Instance.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !SocketNames.IsValid(name))
            {
                result.AddError($"'{name}' is no name for an instance: 1 to 20 of a-z, 0-9, _ and -");
            }
        });
        root.SetAction(parsed => arguments = Read(parsed));
        var result = root.Parse(args);
        var code = result.Invoke();
        exitCode = result.Errors.Count > 0 ? ExitCodes.Usage : code;
        return result.Errors.Count > 0 ? null : arguments;
    }

    private static DaemonArguments Read(ParseResult parsed) => new()
    {
        Instance = parsed.GetValue(Instance) ?? "",
        Ephemeral = parsed.GetValue(Ephemeral),
        AskSocket = parsed.GetValue(AskSocket),
        OperatorSocket = parsed.GetValue(OperatorSocket),
        Abstract = parsed.GetValue(Abstract),
        Rules = parsed.GetValue(Rules) ?? [],
        LogLevel = parsed.GetValue(LogLevel),
        CheckRules = parsed.GetValue(CheckRules) is { Length: > 0 } paths ? paths : null,
        Json = parsed.GetValue(Json),
        Handlers = parsed.GetValue(Handlers),
        HandlersConfig = parsed.GetValue(HandlersConfig) is { Length: > 0 } directories ? directories : [],
        UntilEof = parsed.GetValue(UntilEof),
        ListenerDescriptor = parsed.GetValue(ListenerDescriptor),
    };
}
