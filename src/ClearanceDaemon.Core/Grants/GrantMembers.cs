using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants;

/// <summary>The names of what a grant can be bound to.</summary>
internal static class GrantMembers
{
    /// <summary>Before the name of one detail.</summary>
    public const string DetailPrefix = BindMember.Details + ".";

    /// <summary>The text members, in the order in which they are told.</summary>
    public static readonly (AskMember Member, string Name)[] Texts =
    [
        (AskMember.Action, BindMember.Action),
        (AskMember.Resource, BindMember.Resource),
        (AskMember.Project, BindMember.Project),
        (AskMember.As, BindMember.As),
        (AskMember.Title, BindMember.Title),
        (AskMember.Reason, BindMember.Reason),
    ];

    /// <summary>The detail that holds a command line in one string: as much a command as argv is.</summary>
    public static ReadOnlySpan<byte> Command => "command"u8;

    /// <summary>The text member of a name; null when the name is none.</summary>
    public static AskMember? TextOf(string name)
    {
        var found = Array.FindIndex(Texts, entry => entry.Name == name);
        return found < 0 ? null : Texts[found].Member;
    }

    public static string Detail(ReadOnlySpan<byte> name) => DetailPrefix + Encoding.UTF8.GetString(name);

    /// <summary>The place of a detail; -1 when the ask has none of that name.</summary>
    public static int Find(AskMembers ask, ReadOnlySpan<byte> detail)
    {
        for (var i = 0; i < ask.DetailCount; i++)
        {
            if (ask.DetailName(i).SequenceEqual(detail))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>True when a string detail named <c>command</c> is there.</summary>
    public static bool HasCommand(AskMembers ask) => Find(ask, Command) is >= 0 and var i && ask.DetailKind(i) == DetailKind.String;

    public static void CopyDetail(AskMembers from, int index, AskMembers to)
    {
        if (from.DetailKind(index) == DetailKind.String)
        {
            to.AddDetail(from.DetailName(index), from.DetailText(index));
        }
        else
        {
            to.AddDetail(from.DetailName(index), from.DetailKind(index), from.DetailNumber(index));
        }
    }

    public static void CopyArgv(AskMembers from, AskMembers to)
    {
        to.HasArgv = from.HasArgv;
        for (var i = 0; i < from.ArgvCount; i++)
        {
            to.AddArgv(from.Argv(i));
        }
    }
}
