using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// The action of a tool that has none of its own: <c>TodoWrite</c> is <c>tool.todo-write</c>, <c>update_plan</c> is
/// <c>tool._update_plan</c>. Two names never have the same one.
/// </summary>
internal static class ToolName
{
    private const string Prefix = "tool.";

    public static string ActionOf(string tool)
    {
        var action = new StringBuilder(Prefix);
        var bytes = Encoding.UTF8.GetBytes(tool);
        for (var i = 0; i < bytes.Length; i++)
        {
            Append(action, bytes[i], isFirst: i == 0);
        }

        return action.Length <= ProtocolLimits.ActionBytes ? action.ToString() : throw new HookInputException("the tool's name is too long for an action");
    }

    // Read backwards: a dash and a letter are a capital, a dash and 0 and two digits any other byte, and a capital at the
    // start is written without its dash, which an underscore there tells from all else.
    private static void Append(StringBuilder action, byte value, bool isFirst)
    {
        var isCapital = value is >= (byte)'A' and <= (byte)'Z';
        if (isFirst && !isCapital)
        {
            action.Append('_');
        }

        if (isCapital)
        {
            action.Append(isFirst ? "" : "-").Append((char)(value | 0x20));
        }
        else if (value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_')
        {
            action.Append((char)value);
        }
        else
        {
            action.Append("-0").Append(Hex.Text([value]));
        }
    }
}
