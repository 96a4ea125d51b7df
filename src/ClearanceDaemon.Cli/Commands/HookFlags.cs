using System.CommandLine;
using ClearanceDaemon.Cli.Connecting;
using ClearanceDaemon.Cli.Hooks;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The flags of a hook, which <c>hook install</c> writes into the command it installs.</summary>
internal sealed class HookFlags
{
    private readonly Option<string?> _via = new("--via")
    {
        Description = "ask on the socket of this name, ask.d/NAME, so that rules can tell this agent from others",
        HelpName = "NAME",
    };

    private readonly Option<string?> _wait = new("--wait")
    {
        Description = "how long a person has to answer, such as 30s, at most 1h; 0s asks rules alone (default 60s)",
        HelpName = "D",
    };

    private readonly Option<bool> _closed = new("--closed") { Description = "deny what would be left to the host's own prompt" };

    public void AddTo(Command command)
    {
        command.Options.Add(_via);
        command.Options.Add(_wait);
        command.Options.Add(_closed);
    }

    public string? Via(ParseResult parsed) => parsed.GetValue(_via) is not { } via ? null
        : InstanceName.IsValid(via) && via is not ("ask" or "operator") ? via
        : throw new UsageException($"--via {via}: no name of an ask socket. Use 1 to {InstanceName.MaxLength} of a-z, 0-9, _ and -; clearance status lists the sockets.");

    public TimeSpan Wait(ParseResult parsed) => parsed.GetValue(_wait) is not { } text ? HookLimits.DefaultWait
        : Duration.TryParse(text, out var wait) && wait <= HookLimits.MaxWait ? wait
        : throw new UsageException($"--wait {text}: not a duration of at most {Duration.Format(HookLimits.MaxWait)}. Write a whole number and ms, s, m or h, such as 30s.");

    public bool Closed(ParseResult parsed) => parsed.GetValue(_closed);

    public HookWish Wish(ParseResult parsed, CommandContext context) => new(Address(parsed, context), Wait(parsed), Closed(parsed));

    private AddressFlags Address(ParseResult parsed, CommandContext context)
    {
        var flags = context.Flags(parsed);
        if (Via(parsed) is not { } via)
        {
            return flags;
        }

        return flags.AskSocket is null
            ? flags with { AskSocket = NamedSocket.Path(via, flags, context.Surroundings) }
            : throw new UsageException("--via and --ask-socket each name a socket. Leave one out.");
    }
}
