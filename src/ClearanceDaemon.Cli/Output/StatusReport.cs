using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>The daemon's status as a person reads it: what is wrong stands beside what it is about.</summary>
internal sealed class StatusReport(Terminal terminal, StatusResult status)
{
    private readonly Table _table = new();

    public void Print()
    {
        if (status.Lockdown is { On: true } lockdown)
        {
            Row("lockdown", LockdownLine.Of(terminal, lockdown));
        }

        var instance = status.Instance.Length == 0 ? SafeText.Of($"default instance") : SafeText.Of($"instance {status.Instance}");
        Row("daemon", SafeText.Of($"clearanced {status.Version}, {instance}, pid {status.Pid}, since {status.Started}"));
        Row("state", SafeText.Of($"{status.State}"), status.State == HealthState.Ok ? Colour.Good : Colour.Bad);
        People();
        Sockets();
        Rules();
        Audit();
        Handlers();
        Numbers("counters", status.Counters);
        Numbers("limits", status.Limits);
        Kernel();
        _table.Print(terminal);
    }

    /// <summary>Left out as far as the daemon is older than the person's part of it.</summary>
    private void People()
    {
        if (status.Pending is { } pending)
        {
            Row("pending", pending == 1 ? SafeText.Of($"1 ask waits") : SafeText.Of($"{pending} asks wait"), pending > 0 ? Colour.Doubtful : null);
        }

        if (status.Operators is { } operators)
        {
            Row("operators", operators > 0 ? SafeText.Of($"{operators} present") : SafeText.Of($"nobody answers; to answer, clearance watch"), operators > 0 ? null : Colour.Doubtful);
        }

        if (status.Grants is { } grants)
        {
            Row("grants", SafeText.Of($"{grants} in force"));
        }
    }

    private void Sockets()
    {
        var width = 0;
        foreach (var socket in status.Sockets)
        {
            width = Math.Max(width, SafeText.Of($"{socket.Name}").Length);
        }

        foreach (var socket in status.Sockets)
        {
            var name = SafeText.Of($"{socket.Name}");
            var made = socket.Activated ? ", activated" : "";
            var served = socket.Served ? $"{socket.Connections} open" : "not served";
            Row("socket", SafeText.Of($"{name.Pad(width)}  {socket.Address}  {served}{made}"), socket.Served ? null : Colour.Doubtful);
        }

        foreach (var missing in status.NotServed)
        {
            Row("not served", SafeText.Of($"{missing}"), Colour.Doubtful);
        }
    }

    private void Rules()
    {
        var rules = status.Rules;
        var loaded = rules.Loaded is null ? "" : $", loaded {rules.Loaded}";
        Row("rules", SafeText.Of($"{rules.State}, {rules.Count} in force{loaded}, sha256 {rules.Sha256}"), Problems.ColourOf(rules.State));
        foreach (var file in rules.Files)
        {
            Row("", file.Used ? SafeText.Of($"{file.Path}") : SafeText.Of($"{file.Path} not used: {file.Why}"), file.Used ? null : Colour.Doubtful);
        }

        foreach (var problem in rules.Problems)
        {
            Row("", SafeText.Of($"{problem.File}:{problem.Line}:{problem.Column}: {problem.Message}"), Colour.Bad);
        }
    }

    private void Audit()
    {
        var audit = status.Audit;
        Row("audit", SafeText.Of($"{audit.State}, record {audit.Seq}, {audit.Bytes} bytes, {audit.File}"), audit.State == AuditState.Ok ? Colour.Good : Colour.Bad);
        if (audit.Anchor is { } anchor)
        {
            Row("", SafeText.Of($"anchored at record {anchor.Seq}, {anchor.Time}"));
        }

        if (audit.Error is { } error)
        {
            Row("", SafeText.Of($"{error}"), Colour.Bad);
        }
    }

    private void Handlers()
    {
        if (status.Handlers is not { } handlers)
        {
            return;
        }

        var on = handlers.Items.Count(static handler => handler.Enabled);
        var colour = HandlerWords.AreWell(handlers) ? Colour.Good : Colour.Bad;
        Row("handlers", SafeText.Of($"{on} on, {handlers.Items.Length - on} off; their process {HandlerWords.Process(handlers.Process)}"), colour);
        foreach (var handler in handlers.Items)
        {
            Handler(handler);
        }

        foreach (var problem in handlers.Problems)
        {
            Row("", SafeText.Of($"{problem.File}:{problem.Line}:{problem.Column}: {problem.Message}"), Colour.Bad);
        }
    }

    /// <summary>What is not well with it, and what it was sent that it does not know.</summary>
    private void Handler(HandlerItem handler)
    {
        if (HandlerWords.Trouble(handler) is { Length: > 0 } trouble)
        {
            Row("", SafeText.Of($"{handler.Name}: {trouble}"), HandlerWords.ColourOf(handler.State));
        }

        if (HandlerWords.Counters(handler) is { Length: > 0 } counters)
        {
            Row("", SafeText.Of($"{handler.Name}: {counters}"), HandlerWords.HasUnknown(handler) ? Colour.Doubtful : null);
        }
    }

    private void Numbers(string heading, Dictionary<string, long> numbers)
    {
        foreach (var (name, value) in numbers)
        {
            Row(heading, SafeText.Of($"{name} {value}"));
            heading = "";
        }
    }

    private void Kernel()
    {
        var facts = new List<string>();
        foreach (var (name, holds) in status.Kernel)
        {
            facts.Add(name + (holds ? " yes" : " no"));
        }

        Row("kernel", SafeText.Of($"{string.Join(", ", facts)}"));
    }

    private void Row(string heading, SafeText text, Colour? colour = null) => _table.Row(colour, SafeText.Of($"{heading}"), text);
}
