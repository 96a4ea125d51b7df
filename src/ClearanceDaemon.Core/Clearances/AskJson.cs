using System.Text;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>Writes the lists of an ask as JSON.</summary>
internal static class AskJson
{
    /// <summary>A text member, where the ask has it; its name comes with comma and colon.</summary>
    public static void WriteMember(AskMembers ask, AskMember member, ReadOnlySpan<byte> name, LineBuffer json)
    {
        if (ask.Has(member))
        {
            json.Raw(name);
            json.String(ask[member]);
        }
    }

    public static void WriteArgv(AskMembers ask, LineBuffer json)
    {
        json.Raw((byte)'[');
        for (var i = 0; i < ask.ArgvCount; i++)
        {
            if (i > 0)
            {
                json.Raw((byte)',');
            }

            json.String(ask.Argv(i));
        }

        json.Raw((byte)']');
    }

    /// <summary>Writes a list of the daemon's own names.</summary>
    public static void WriteNames(IReadOnlyList<string> names, LineBuffer json)
    {
        json.Raw((byte)'[');
        for (var i = 0; i < names.Count; i++)
        {
            json.Raw(i == 0 ? default : ","u8);
            json.String(Encoding.UTF8.GetBytes(names[i]));
        }

        json.Raw((byte)']');
    }

    /// <summary>Writes the details in the order they were sent, or in another one.</summary>
    public static void WriteDetails(AskMembers ask, LineBuffer json, int[]? order = null)
    {
        json.Raw((byte)'{');
        for (var place = 0; place < ask.DetailCount; place++)
        {
            var i = order is null ? place : order[place];
            if (place > 0)
            {
                json.Raw((byte)',');
            }

            json.String(ask.DetailName(i));
            json.Raw((byte)':');
            WriteDetail(ask, i, json);
        }

        json.Raw((byte)'}');
    }

    /// <summary>The order RFC 8785 section 3.2.3 asks for: by the UTF-16 code units of the names.</summary>
    public static int[] CanonicalOrder(AskMembers ask)
    {
        var order = new int[ask.DetailCount];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (x, y) => CanonicalJson.CompareNames(ask.DetailName(x), ask.DetailName(y)));
        return order;
    }

    private static void WriteDetail(AskMembers ask, int index, LineBuffer json)
    {
        switch (ask.DetailKind(index))
        {
            case DetailKind.String:
                json.String(ask.DetailText(index));
                break;
            case DetailKind.Bool:
                json.Raw(ask.DetailNumber(index) != 0 ? "true"u8 : "false"u8);
                break;
            default:
                json.Number(ask.DetailNumber(index));
                break;
        }
    }
}
