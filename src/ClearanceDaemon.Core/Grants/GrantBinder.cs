using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants;

/// <summary>Makes a match of an ask and the names of what its grant is to be bound to.</summary>
internal sealed class GrantBinder
{
    private const int MaxColumns = 80;
    private readonly AskMembers _ask;
    private readonly AskMembers _bound = new();
    private readonly List<AskMember> _texts = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _wholeDetails;

    private GrantBinder(AskMembers ask) => _ask = ask;

    /// <summary>The match, or null with a message for the parameter <c>bind</c>.</summary>
    /// <param name="ask">The ask that was decided.</param>
    /// <param name="bind">Names of members and <c>details.NAME</c>; null binds everything.</param>
    /// <param name="fault">What is wrong with <paramref name="bind"/>.</param>
    public static GrantMatch? TryBind(AskMembers ask, IReadOnlyList<string>? bind, out string? fault)
    {
        var binder = new GrantBinder(ask);
        fault = bind is null ? binder.BindAll() : binder.Bind(bind);
        return fault is null ? new GrantMatch(binder._bound, [.. binder._texts], binder._wholeDetails) : null;
    }

    private string? BindAll()
    {
        foreach (var (member, _) in GrantMembers.Texts)
        {
            BindText(member);
        }

        BindDetails();
        GrantMembers.CopyArgv(_ask, _bound);
        return null;
    }

    private string? Bind(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (BindOne(name) is { } fault)
            {
                return fault;
            }
        }

        if (MissingFault() is { } missing)
        {
            return missing;
        }

        BindWhatIsNotThere();
        return null;
    }

    /// <summary>
    /// What the person did not see cannot have been left open: a grant for an ask without a resource is none for any
    /// resource that comes later.
    /// </summary>
    private void BindWhatIsNotThere()
    {
        foreach (var member in (AskMember[])[AskMember.Resource, AskMember.Project])
        {
            if (!_ask.Has(member) && !_texts.Contains(member))
            {
                BindText(member);
            }
        }

        _wholeDetails |= !_ask.HasDetails;
    }

    private string? BindOne(string name)
    {
        if (!_seen.Add(name))
        {
            return $"{Shown(name)} is there twice";
        }

        if (GrantMembers.TextOf(name) is { } member)
        {
            BindText(member);
            return null;
        }

        switch (name)
        {
            case BindMember.Argv:
                GrantMembers.CopyArgv(_ask, _bound);
                return null;
            case BindMember.Details when _bound.HasDetails:
                return DetailsTwice;
            case BindMember.Details:
                BindDetails();
                return null;
            default:
                return BindDetail(name);
        }
    }

    private static string DetailsTwice => "details is bound as a whole or by single names, not both";

    private string? BindDetail(string name)
    {
        if (!name.StartsWith(GrantMembers.DetailPrefix, StringComparison.Ordinal))
        {
            return $"an ask has no member {Shown(name)}; a grant is bound to action, resource, details, details.NAME, argv, project, as, title or reason";
        }

        if (_wholeDetails)
        {
            return DetailsTwice;
        }

        var index = GrantMembers.Find(_ask, Encoding.UTF8.GetBytes(name[GrantMembers.DetailPrefix.Length..]));
        if (index < 0)
        {
            return $"the ask has no {Shown(name)}; bind details to let none come";
        }

        GrantMembers.CopyDetail(_ask, index, _bound);
        return null;
    }

    private string? MissingFault()
    {
        if (!_seen.Contains(BindMember.Action))
        {
            return "action is always bound; add it";
        }

        if (_ask.HasArgv && !_seen.Contains(BindMember.Argv))
        {
            return "the ask has a command line, which is granted whole or not at all; add argv";
        }

        return GrantMembers.HasCommand(_ask) && !GrantMembers.HasCommand(_bound)
            ? "the ask has a command in its details, which is granted whole or not at all; add details.command"
            : null;
    }

    private void BindText(AskMember member)
    {
        _texts.Add(member);
        if (_ask.Has(member))
        {
            _bound.Set(member, _ask[member]);
        }
    }

    private void BindDetails()
    {
        _wholeDetails = true;
        _bound.HasDetails = _ask.HasDetails;
        for (var i = 0; i < _ask.DetailCount; i++)
        {
            GrantMembers.CopyDetail(_ask, i, _bound);
        }
    }

    // The name comes from a parameter and goes into a message: short, and nothing in it that moves a cursor.
    private static string Shown(string name) => DisplayText.Clean(name, MaxColumns).Text;
}
