using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Output;

/// <summary>The handlers, each with a line for each of its roles; below them what is wrong.</summary>
internal sealed class HandlerTable(Terminal terminal, HandlersListResult handlers)
{
    /// <summary>Of one cell.</summary>
    private const int Columns = 60;

    private readonly Shown _shown = new(Columns);

    public void Print()
    {
        var table = new Table();
        table.Row(SafeText.Of($"NAME"), SafeText.Of($"KIND"), SafeText.Of($"STATE"), SafeText.Of($"ROLES"), SafeText.Of($"CALLS"), SafeText.Of($"FAILURES"));
        foreach (var handler in handlers.Items)
        {
            var roles = Roles(handler);
            table.Row(
                _shown.Text(handler.Name),
                _shown.Text(HandlerWords.Kind(handler.Kind)),
                _shown.Text(HandlerWords.State(handler.State)),
                roles[0],
                SafeText.Of($"{handler.Calls}"),
                SafeText.Of($"{handler.Failures}"));
            roles[1..].ForEach(role => table.Row(SafeText.None, SafeText.None, SafeText.None, role));
        }

        table.Print(terminal);
        Problems.Print(terminal, handlers.Problems);
        foreach (var handler in handlers.Items)
        {
            Trouble(handler);
        }

        if (handlers.Process == HandlersProcess.Unreachable)
        {
            terminal.Line($"{terminal.Paint(Colour.Bad, $"the handlers process")} cannot be reached: clearance doctor says more");
        }
    }

    /// <summary>The state, or a failure that the state has got over.</summary>
    private void Trouble(HandlerItem handler)
    {
        if (HandlerWords.Trouble(handler) is { Length: > 0 } trouble)
        {
            terminal.Line($"{terminal.Paint(HandlerWords.ColourOf(handler.State) ?? Colour.Bad, $"{handler.Name}")}: {trouble}");
        }
        else if (handler.LastFailure is { } last)
        {
            terminal.Line($"{terminal.Paint(Colour.Doubtful, $"{handler.Name}")}: last failure: {HandlerWords.Failure(last)}");
        }
    }

    /// <summary>The methods it answers, an operator's marked so; the actions it decides, and those whose verdicts it carries out.</summary>
    private List<SafeText> Roles(HandlerItem handler)
    {
        var roles = new List<SafeText>();
        foreach (var (method, role) in handler.Methods ?? [])
        {
            roles.Add(_shown.Text(role == SocketRole.Ask ? method : $"{method} ({role})"));
        }

        Add("decides", handler.Decides);
        Add("effects", handler.Effects);
        return roles.Count == 0 ? [SafeText.Of($"-")] : roles;

        void Add(string role, string[]? actions)
        {
            foreach (var action in actions ?? [])
            {
                roles.Add(_shown.Text($"{role} {action}"));
            }
        }
    }
}
