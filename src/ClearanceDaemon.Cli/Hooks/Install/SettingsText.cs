using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>
/// A host's settings as the bytes they are: entries go in and come out, and no other byte changes. Both hosts keep them as
/// <c>hooks.EVENT[].hooks[]</c>.
/// </summary>
internal sealed class SettingsText
{
    private const string Hooks = "hooks";
    private readonly byte[] _text;
    private readonly int _start;
    private readonly JsoncNode _root;

    private SettingsText(byte[] text, int start, JsoncNode root) => (_text, _start, _root) = (text, start, root);

    /// <exception cref="SettingsException">It is not well-formed, or hooks stand in it otherwise than the host documents.</exception>
    public static SettingsText Read(byte[] text)
    {
        var start = text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var root = JsoncReader.Read(text, start);
        Require(root, JsoncKind.Object, "the settings are no object");
        if (root.Member(Hooks) is { } hooks)
        {
            Require(hooks, JsoncKind.Object, "\"hooks\" is no object");
            hooks.Children.ForEach(static hook => Require(hook, JsoncKind.Array, $"\"hooks.{hook.Name}\" is no array"));
        }

        return new SettingsText(text, start, root);
    }

    /// <summary>The settings with the entry in place.</summary>
    /// <param name="text">As they are; null where there is no file.</param>
    /// <param name="events">What to register for.</param>
    /// <param name="entry">What to run.</param>
    /// <param name="timeout">The host's, in seconds.</param>
    public static byte[] With(byte[]? text, IReadOnlyList<string> events, HookEntry entry, long timeout)
    {
        if (text is null || text.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return [.. With("{}"u8.ToArray(), events, entry, timeout), .. text ?? "\n"u8.ToArray()];
        }

        foreach (var name in events)
        {
            text = Read(text).Add(name, entry.Command(), timeout);
        }

        return text;
    }

    /// <summary>The settings without any entry for this host.</summary>
    public static byte[] Without(byte[] text, string host)
    {
        while (Read(text) is var settings && settings.Handlers(host).FirstOrDefault().Path is { } path)
        {
            text = settings.Cut(path);
        }

        return text;
    }

    /// <summary>Our entries for this host.</summary>
    public List<FoundHook> Find(string host) =>
        [.. Handlers(host).Select(found => new FoundHook(found.Path[1].Name, found.Entry, Seconds(found.Path[^1].Member("timeout"))))];

    /// <summary>Whether a command that we did not write runs our program for this host.</summary>
    public bool HasOther(string host) => Groups().SelectMany(static found => found.Handlers.Children).Any(handler =>
        handler.Member("command") is { Kind: JsoncKind.String } command && command.Text.Contains($" hook {host}", StringComparison.Ordinal)
        && command.Text.Contains("clearance", StringComparison.Ordinal) && HookEntry.TryRead(command.Text) is null);

    /// <summary>A switch at the top that is on.</summary>
    public bool IsOn(string name) => _root.Member(name) is { Kind: JsoncKind.Plain } value && _text.AsSpan(value.ValueStart, value.End - value.ValueStart).SequenceEqual("true"u8);

    private static void Require(JsoncNode node, JsoncKind kind, string otherwise)
    {
        if (node.Kind != kind)
        {
            throw new SettingsException(otherwise);
        }
    }

    /// <summary>From the root's member down to the handler.</summary>
    private IEnumerable<(JsoncNode[] Path, HookEntry Entry)> Handlers(string host)
    {
        foreach (var (hooks, name, group, handlers) in Groups())
        {
            foreach (var handler in handlers.Children)
            {
                if (handler.Member("command") is { Kind: JsoncKind.String } command && HookEntry.TryRead(command.Text) is { } entry && entry.Host == host)
                {
                    yield return ([hooks, name, group, handlers, handler], entry);
                }
            }
        }
    }

    private IEnumerable<(JsoncNode Hooks, JsoncNode Event, JsoncNode Group, JsoncNode Handlers)> Groups()
    {
        if (_root.Member(Hooks) is { } hooks)
        {
            foreach (var name in hooks.Children)
            {
                foreach (var group in name.Children)
                {
                    if (group.Member(Hooks) is { Kind: JsoncKind.Array } handlers)
                    {
                        yield return (hooks, name, group, handlers);
                    }
                }
            }
        }
    }

    private long? Seconds(JsoncNode? timeout) => timeout is { Kind: JsoncKind.Plain }
        && Utf8Parser.TryParse(_text.AsSpan(timeout.ValueStart, timeout.End - timeout.ValueStart), out long seconds, out var length) && length == timeout.End - timeout.ValueStart
            ? seconds
            : null;

    private byte[] Add(string name, string command, long timeout)
    {
        var layout = SettingsLayout.Of(_text, _root);
        var hooks = _root.Member(Hooks);
        var groups = hooks?.Member(name);
        var (into, depth) = (groups ?? hooks ?? _root, groups is not null ? 0 : hooks is not null ? 1 : 2);
        var indent = layout.ChildIndent(into);
        var added = new StringBuilder();
        if (depth == 2)
        {
            added.Append($"\"{Hooks}\": {{\n>");
        }

        if (depth >= 1)
        {
            added.Append($"\"{name}\": [\n>");
        }

        added.Append("{\n>\"hooks\": [\n>{\n>\"type\": \"command\",\n\"command\": ").Append(Quoted(command))
            .Append(CultureInfo.InvariantCulture, $",\n\"timeout\": {timeout}\n<}}\n<]\n<}}");
        added.Append(depth >= 1 ? "\n<]" : "").Append(depth == 2 ? "\n<}" : "");
        return layout.Insert(into, Encoding.UTF8.GetBytes(layout.Indented(added.ToString(), indent)));
    }

    private static string Quoted(string text)
    {
        var json = new LineBuffer();
        json.String(Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(json.Written);
    }

    /// <summary>Cuts the handler, or the outermost thing around it that holds nothing else.</summary>
    private byte[] Cut(JsoncNode[] path)
    {
        var last = path.Length - 1;

        // A matcher is of no use without handlers, so their group goes with the last of them.
        if (HoldsOne(path[3]) && !path[2].HasComment)
        {
            last = HoldsOne(path[1]) ? HoldsOne(path[0]) ? 0 : 1 : 2;
        }

        return SettingsLayout.Of(_text, _root).Cut(last == 0 ? _root : path[last - 1], path[last]);
    }

    private static bool HoldsOne(JsoncNode node) => node is { Children.Count: 1, HasComment: false };
}
