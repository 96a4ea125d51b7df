using System.Text;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>
/// A patch of Codex names its files in lines of its own. Each file is an ask, so that a rule about one of them cannot be passed
/// by patching another along with it.
/// </summary>
internal static class PatchAsks
{
    private static readonly (string Header, string Action, string Change)[] Headers =
    [
        ("*** Add File:", "file.write", "add"),
        ("*** Update File:", "file.edit", "update"),
        ("*** Delete File:", "file.write", "delete"),
        ("*** Move to:", "file.write", "move"),
    ];

    public static List<HookAsk> Of(HookCall call)
    {
        var patch = Encoding.UTF8.GetString(call.RequiredText("command"u8));
        var asks = new List<HookAsk>();
        foreach (var line in patch.AsSpan().EnumerateLines())
        {
            // A patch's ~ is no home, and so refused. Codex forgives blanks around a header, so a line of the patched file that looks like one is asked about as well.
            if (Header(line.Trim()) is var (path, action, change))
            {
                asks.Add(new HookAsk(action) { Resource = LexicalPath.Absolute(path, call.Directory, home: null) }
                    .Text("tool", call.Tool).Text("change", change).Content("arguments", call.Input));
            }
        }

        return asks.Count switch
        {
            0 => throw new HookInputException("the patch names no file"),
            > HookLimits.PatchFiles => throw new HookInputException($"the patch names more than {HookLimits.PatchFiles} files"),
            _ => asks,
        };
    }

    private static (string Path, string Action, string Change)? Header(ReadOnlySpan<char> line)
    {
        foreach (var (header, action, change) in Headers)
        {
            if (line.StartsWith(header, StringComparison.OrdinalIgnoreCase))
            {
                return (line[header.Length..].Trim().ToString(), action, change);
            }
        }

        return null;
    }
}
