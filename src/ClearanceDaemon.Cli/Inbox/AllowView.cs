using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Inbox;

/// <summary>The choice of a scope and of what a grant is bound to, in the list's place: the ask stays in view below.</summary>
internal static class AllowView
{
    public static IEnumerable<InboxRow> Rows(AllowMenu menu, int width, int rows)
    {
        yield return Choices(menu, width);
        if (rows < 2)
        {
            yield break;
        }

        if (menu.IsOnce || menu.Choices.Length == 0)
        {
            yield return new InboxRow(width).Add(SafeText.Of($"  this ask alone; no grant is made"), InboxStyle.Dim);
            yield break;
        }

        var binds = menu.Rows;
        var first = Math.Clamp(menu.Row - ((rows - 1) / 2), 0, Math.Max(0, binds.Count - (rows - 1)));
        for (var i = first; i < Math.Min(binds.Count, first + rows - 1); i++)
        {
            yield return Bind(menu, binds[i], i, width);
        }
    }

    private static InboxRow Choices(AllowMenu menu, int width)
    {
        var row = new InboxRow(width).Add(SafeText.Of($"ALLOW"), InboxStyle.Good);
        for (var i = 0; i < menu.Choices.Length; i++)
        {
            var isChosen = i == menu.Choice;
            var name = Name(menu.Choices[i], menu.Uses);
            var text = isChosen ? SafeText.Of($" [{name}]") : SafeText.Of($"  {name} ");
            if (text.Length > row.Room)
            {
                return Narrow(menu, width);
            }

            row.Add(text, isChosen ? InboxStyle.Selected : InboxStyle.Plain);
        }

        return row;
    }

    /// <summary>Where not all fit, the chosen one alone.</summary>
    private static InboxRow Narrow(AllowMenu menu, int width) => new InboxRow(width).Add(SafeText.Of($"ALLOW"), InboxStyle.Good)
        .Add(SafeText.Of($" [{Name(menu.Choices[menu.Choice], menu.Uses)}]"), InboxStyle.Selected)
        .Add(SafeText.Of($" {menu.Choice + 1} of {menu.Choices.Length}"), InboxStyle.Dim);

    private static SafeText Name(AllowChoice choice, int uses) => choice.Kind switch
    {
        ScopeKind.For => SafeText.Of($"{Duration.Format(choice.For)}"),
        ScopeKind.UntilExit => SafeText.Of($"until exit"),
        ScopeKind.Uses => SafeText.Of($"{uses} uses"),
        _ => SafeText.Of($"{choice.Kind}"),
    };

    private static InboxRow Bind(AllowMenu menu, AllowBind bind, int index, int width)
    {
        var row = new InboxRow(width).Add(SafeText.Of($"{(index == menu.Row ? ">" : " ")} {(bind.IsBound ? "[x]" : "[ ]")} "), InboxStyle.Strong);
        row.Add(SafeText.Of($"{(bind.IsBound ? "same " : "any ")}"), bind.IsBound ? InboxStyle.Dim : InboxStyle.Bad).Add(SafeText.Of($"{bind.Name}"));
        return bind.IsFixed ? row.Add(SafeText.Of($" (always)"), InboxStyle.Dim) : row;
    }
}
