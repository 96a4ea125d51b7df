using System.Text.RegularExpressions;

namespace ClearanceDaemon.Architecture;

/// <summary>What is written about the program holds.</summary>
public sealed class DocumentTests
{
    private static readonly Regex SettingKey = new(@"Setting\.\w+\(""(?<key>\w+)""|member\.NameEquals\(""(?<key>\w+)""\)", RegexOptions.CultureInvariant);
    private static readonly Regex Verb = new(@"new Verb\(""(?<name>[a-z]+)""", RegexOptions.CultureInvariant);

    // Put together here, so that this file is not what the test finds.
    private static readonly string[] Elsewhere =
        [.. new[] { "/wo|rk/", "/ro|ot/", "nuget.o|rg", "pypi.o|rg", "registry.npmjs.o|rg", "proxy.golang.o|rg", "crates.io/ap|i" }.Select(static text => text.Replace("|", "", StringComparison.Ordinal))];

    [Fact]
    public void The_manual_names_every_setting()
    {
        var keys = SettingKey.Matches(SourceTree.Read("src/ClearanceDaemon/Configuration/Settings.cs")).Select(static match => match.Groups["key"].Value).ToArray();
        Assert.NotEmpty(keys);
        var page = SourceTree.Read("packaging/man/clearanced.json.5");
        House.Holds(
            keys.Where(key => !page.Contains($".It Li {key}\n", StringComparison.Ordinal)),
            "a setting that is not in clearanced.json(5) is one nobody finds, and nobody knows its limits.",
            "describe it in packaging/man/clearanced.json.5 under `.It Li KEY`, with its default.");
    }

    [Fact]
    public void The_manual_names_no_setting_that_is_gone()
    {
        var known = SourceTree.Read("src/ClearanceDaemon/Configuration/Settings.cs");
        House.Holds(
            Regex.Matches(SourceTree.Read("packaging/man/clearanced.json.5"), @"^\.It Li (\w+)$", RegexOptions.Multiline).Select(static match => match.Groups[1].Value)
                .Where(key => !known.Contains($"\"{key}\"", StringComparison.Ordinal)),
            "the daemon refuses to start with a setting it doesn't know.",
            "take it out of packaging/man/clearanced.json.5.");
    }

    [Fact]
    public void The_readme_mentions_every_command()
    {
        Assert.SkipUnless(SourceTree.Has("README.md"), "there is no README.md yet");
        var readme = SourceTree.Read("README.md");
        var verbs = SourceTree.Product.Where(static file => file.IsIn("src/ClearanceDaemon.Cli/Commands") && IsTopLevel(file))
            .SelectMany(static file => Verb.Matches(string.Join('\n', file.Lines))).Select(static match => match.Groups["name"].Value).Distinct().ToArray();
        Assert.NotEmpty(verbs);
        House.Holds(
            verbs.Where(verb => !Regex.IsMatch(readme, $@"\bclearance {verb}\b")),
            "the README is where people look for what there is.",
            "mention it in README.md as `clearance VERB`.");
    }

    [Fact]
    public void No_file_names_a_machine_or_a_registry() => House.Holds(
        SourceTree.All.SelectMany(static path => Elsewhere.Where(SourceTree.Read(path).Contains).Select(text => $"{path} mentions {text}")),
        "the tree is built by others, elsewhere; a path of ours is noise at best.",
        "use a path from the root of the tree, a temporary directory, or an example under /home/me.");

    /// <summary>Files of verbs below another verb begin with that verb's name: RulesListCommand.</summary>
    private static bool IsTopLevel(SourceFile file) => Regex.Count(file.Stem, "[A-Z]") == 2 && file.Stem.EndsWith("Command", StringComparison.Ordinal);
}
