using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>
/// Who may know whom inside the core. From left to right: Sessions, Dispatch, Handlers, Clearances, then Rules, Grants (which knows Rules),
/// Audit and Events, which don't know each other. Below all of them Documents, Transport, Time, Native and Metrics.
/// </summary>
public sealed class CoreArrowTests
{
    private const string Core = "src/ClearanceDaemon.Core";
    private static readonly string[] Records = ["Rules", "Grants", "Audit", "Events"];
    private static readonly string[] Ground = ["Time", "Native", "Metrics"];

    /// <summary>What each folder may mention besides itself. Grants and Events are here before they are built.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Sessions"] = ["Dispatch", "Handlers", "Clearances", .. Records, "Transport", .. Ground],
        // Dispatch holds the handlers' contract (IRequestHandler, RequestContext, Caller), so it is they who know it.
        ["Dispatch"] = ["Transport", .. Ground],
        ["Handlers"] = ["External", "Dispatch", "Clearances", .. Records, "Documents", .. Ground],
        ["Clearances"] = [.. Records, .. Ground],
        ["Rules"] = ["Documents", .. Ground],
        // The files a person writes for us, read strictly: below what gives them a meaning.
        ["Documents"] = [],
        ["Grants"] = ["Rules", .. Ground],
        ["Audit"] = Ground,
        ["Events"] = Ground,
        ["External"] = ["Dispatch", "Clearances", .. Records, "Documents", "Transport", .. Ground],
        ["TerokShield"] = ["Sessions", "External", "Dispatch", "Clearances", .. Records, "Transport", .. Ground],
        ["Transport"] = ["Time", "Native"],
        ["Time"] = ["Native"],
        ["Native"] = [],
        ["Metrics"] = [],
        ["ServiceManager"] = [],
    };

    /// <summary>Types in the core's own namespace are visible everywhere without a using; only these are meant for what is below.</summary>
    private static readonly string[] RootForAll = ["LogEvents", "ClearanceOptions"];

    private static readonly Regex Mention = new(
        @"(?:\busing\s+(?:static\s+)?(?:\w+\s*=\s*)?ClearanceDaemon\.Core\.|\b(?:ClearanceDaemon\.)?Core\.)(?<folder>[A-Z]\w+)", RegexOptions.CultureInvariant);

    /// <summary>A sibling namespace needs no prefix: <c>Transport.Reactor</c>. A property may have a folder's name too, so the type has to exist.</summary>
    private static readonly Regex Relative = new(@"(?<![.\w])(?<folder>[A-Z]\w+)\.(?<type>[A-Z]\w+)", RegexOptions.CultureInvariant);

    private static IEnumerable<SourceFile> Files => SourceTree.Product.Where(static file => file.IsIn(Core));

    [Fact]
    public void Every_folder_has_its_place() => House.Holds(
        Files.Select(FolderOf).OfType<string>().Distinct().Where(static folder => !Allowed.ContainsKey(folder)),
        "a folder without a place in the order is used from everywhere before long.",
        "decide what the new folder may know and add it to CoreArrowTests.Allowed.");

    [Fact]
    public void Arrows_point_one_way() => House.Holds(
        Files.SelectMany(WrongMentions),
        "each folder can be understood, and tested, with what is to its right alone; one arrow back and all of them are one lump.",
        "hand the value or a delegate in from the left, or move the type to the folder that both may know. The order is in CoreArrowTests.Allowed.");

    [Fact]
    public void Nothing_below_mentions_the_root_types()
    {
        var root = Files.Where(static file => FolderOf(file) is null).Select(static file => file.Stem).Except(RootForAll).Distinct();
        var names = new Regex($@"\b({string.Join('|', root)})\b", RegexOptions.CultureInvariant);
        House.Holds(
            Files.Where(static file => FolderOf(file) is not null).SelectMany(file => file.Find(names)),
            "the root puts the parts together; a part that knows it knows everything. No using gives this arrow away.",
            "hand in what is needed; only " + string.Join(" and ", RootForAll) + " are for all.");
    }

    [Fact]
    public void The_order_has_no_circle()
    {
        foreach (var folder in Allowed.Keys)
        {
            Assert.DoesNotContain(folder, Reach(folder, []));
        }
    }

    [Fact]
    public void A_wrong_arrow_would_be_seen()
    {
        Assert.Equal("Rules", Mention.Match("using ClearanceDaemon.Core.Rules.Matchers;").Groups["folder"].Value);
        Assert.Equal("Transport", Mention.Match("using static ClearanceDaemon.Core.Transport.ConnectionState;").Groups["folder"].Value);
        Assert.Equal("Audit", Mention.Match("using Log = ClearanceDaemon.Core.Audit.AuditLog;").Groups["folder"].Value);
        Assert.Equal(["Sessions"], Mentioned("    private readonly Core.Sessions.Session _session;"));
        Assert.Equal(["Transport"], Mentioned("        var reactor = new Transport.Reactor();"));
        Assert.Equal(["Rules"], Mentioned("        new(Rules.Loading.RuleLoad)"));
        Assert.Empty(Mentioned("        Rules.Add(rule);"));
    }

    private static IEnumerable<string> WrongMentions(SourceFile file)
    {
        if (FolderOf(file) is not { } folder || !Allowed.TryGetValue(folder, out var allowed))
        {
            yield break;
        }

        foreach (var (number, text) in file.Code().Where(static line => !line.Text.StartsWith("namespace ", StringComparison.Ordinal)))
        {
            foreach (var other in Mentioned(text))
            {
                if (other != folder && Allowed.ContainsKey(other) && !allowed.Contains(other))
                {
                    yield return $"{file.Path}:{number}: {folder} mentions {other}: {text.Trim()}";
                }
            }
        }
    }

    private static IEnumerable<string> Mentioned(string text) =>
        Mention.Matches(text).Concat(Relative.Matches(text).Where(static match => IsInside(match.Groups["folder"].Value, match.Groups["type"].Value)))
            .Select(static match => match.Groups["folder"].Value).Distinct();

    /// <summary>Whether the folder has a type, or a folder, of this name.</summary>
    private static bool IsInside(string folder, string name) =>
        Files.Any(file => FolderOf(file) == folder && (file.Stem == name || file.Folders.Skip(3).Contains(name)));

    private static HashSet<string> Reach(string folder, HashSet<string> seen)
    {
        foreach (var next in Allowed[folder].Where(seen.Add))
        {
            Reach(next, seen);
        }

        return seen;
    }

    /// <summary>The first folder below the core; null for a file of its root.</summary>
    private static string? FolderOf(SourceFile file) => file.Folders is [_, _, var folder, ..] ? folder : null;
}
