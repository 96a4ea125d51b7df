using System.CommandLine;
using System.Text;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The flags that describe an ask, shared by <c>ask</c>, <c>exec</c>, <c>rules explain</c> and <c>handlers test</c>, and the parameters they make.</summary>
internal sealed class AskFlags
{
    private readonly Option<string?> _action = new("--action") { Description = "what is to be done, such as net.connect", HelpName = "A" };
    private readonly Option<string?> _resource = new("--resource") { Description = "what to, such as api.github.com:443", HelpName = "R" };
    private readonly Option<string[]> _details = new("--detail")
    {
        Description = "a detail, k=text, or k:=true, k:=42 for a boolean or an integer; repeatable",
        HelpName = "k=v",
    };

    private readonly Option<string?> _reason = new("--reason") { Description = "why, for the person who decides", HelpName = "T" };
    private readonly Option<string?> _title = new("--title") { Description = "one line for the person who decides", HelpName = "T" };
    private readonly Option<string?> _project = new("--project") { Description = "the directory the work belongs to", HelpName = "P" };
    private readonly WaitFlag _wait = new();
    private readonly Option<string?> _key = new("--key") { Description = "your name for this ask, which then outlives the connection", HelpName = "K" };
    private readonly Option<string> _as = new("--as")
    {
        Description = "whose ask it is: self (this program), parent or session",
        HelpName = "WHO",
        DefaultValueFactory = static _ => AskAs.Parent,
    };

    private readonly TrailingWords _argv = new("ARGV", "the command line it is about, after --");

    /// <param name="isForOthers">The verb has other flags of its own, so that there need be no ask.</param>
    public AskFlags(bool isForOthers = false)
    {
        _action.Required = !isForOthers;
        _as.AcceptOnlyFromAmong(AskAs.Self, AskAs.Parent, AskAs.Session);
    }

    private Option[] Options => [_action, _resource, _details, _reason, _title, _project, _wait.Option, _key, _as];

    public void AddTo(Command command)
    {
        foreach (var option in Options)
        {
            command.Options.Add(option);
        }

        command.Arguments.Add(_argv.Argument);
    }

    /// <summary>How long to wait for a person.</summary>
    public TimeSpan Wait(ParseResult parsed) => _wait.Value(parsed);

    /// <summary>The command line after <c>--</c>.</summary>
    public string[] Argv(ParseResult parsed) => _argv.Read(parsed);

    /// <summary>The parameters as JSON; null where the command line has none of these flags.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="own">Details that the verb adds to those given.</param>
    public LineBuffer? Whole(ParseResult parsed, params ReadOnlySpan<Detail> own)
    {
        if (parsed.GetValue(_action) is null)
        {
            var given = Array.Find(Options, option => parsed.GetResult(option) is { Implicit: false })?.Name ?? (_argv.AreGiven(parsed) ? "--" : null);
            return given is null ? null : throw new UsageException($"{given} goes with --action. Give that as well.");
        }

        var json = Begin(parsed, own);
        json.Raw((byte)'}');
        return json;
    }

    /// <summary>The parameters as JSON, without the closing brace.</summary>
    public LineBuffer Begin(ParseResult parsed, params ReadOnlySpan<Detail> own)
    {
        var json = new LineBuffer();
        json.Raw("{\"action\":"u8);
        json.String(Encoding.UTF8.GetBytes(parsed.GetValue(_action)!));
        Member(json, "resource"u8, parsed.GetValue(_resource));
        WriteDetails(json, own, parsed.GetValue(_details) ?? []);
        WriteArgv(json, Argv(parsed));
        Member(json, "title"u8, parsed.GetValue(_title));
        Member(json, "reason"u8, parsed.GetValue(_reason));
        Member(json, "project"u8, parsed.GetValue(_project) is { } project ? FullPath("--project", project) : null);
        Member(json, "as"u8, parsed.GetValue(_as));
        Member(json, "wait"u8, _wait.Text(parsed));
        Member(json, "key"u8, parsed.GetValue(_key));
        return json;
    }

    /// <summary>The daemon has another current directory, so it is only told absolute paths.</summary>
    public static string FullPath(string flag, string path) =>
        path.Length > 0 ? Path.GetFullPath(path) : throw new UsageException($"{flag}: the path is empty. Give one, or leave the flag out.");

    public static void Member(LineBuffer json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.Raw((byte)',');
            json.String(name);
            json.Raw((byte)':');
            json.String(Encoding.UTF8.GetBytes(value));
        }
    }

    private static void WriteDetails(LineBuffer json, ReadOnlySpan<Detail> own, string[] given)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var detail in own)
        {
            WriteDetail(json, detail, isFirst: seen.Count == 0);
            seen.Add(detail.Name);
        }

        foreach (var text in given)
        {
            var detail = Detail.Parse(text);
            WriteDetail(json, detail, isFirst: seen.Count == 0);
            if (!seen.Add(detail.Name))
            {
                throw new UsageException($"--detail {text}: \"{detail.Name}\" is given twice, or is this verb's own. Leave one out.");
            }
        }

        json.Raw(seen.Count == 0 ? ""u8 : "}"u8);
    }

    private static void WriteDetail(LineBuffer json, Detail detail, bool isFirst)
    {
        json.Raw(isFirst ? ",\"details\":{"u8 : ","u8);
        detail.Write(json);
    }

    private static void WriteArgv(LineBuffer json, string[] argv)
    {
        for (var i = 0; i < argv.Length; i++)
        {
            json.Raw(i == 0 ? ",\"argv\":["u8 : ","u8);
            json.String(Encoding.UTF8.GetBytes(argv[i]));
        }

        json.Raw(argv.Length == 0 ? ""u8 : "]"u8);
    }
}
