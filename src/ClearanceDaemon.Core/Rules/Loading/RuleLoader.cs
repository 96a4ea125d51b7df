using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>
/// Reads all rule files into one set. All or nothing: a set that lacks a file might lack a deny, so one error anywhere
/// means no set, and every problem of every file is reported.
/// </summary>
internal sealed class RuleLoader(Func<string, string?> trust, Func<string, (ulong Device, ulong Inode)?>? identity)
{
    /// <param name="paths">Directories and files; their order does not matter.</param>
    /// <param name="areNamed">Whether a person named them, so that a missing one is an error.</param>
    public RuleLoad Load(IReadOnlyList<string> paths, bool areNamed)
    {
        var problems = new List<DocumentProblem>();
        var files = new DocumentFiles(trust, RuleLimits.FileBytes, problems);
        foreach (var path in paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal))
        {
            files.Add(path, areNamed);
        }

        var rules = new List<Rule>();
        var tests = new List<RuleTest>();
        var ids = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var (path, bytes) in files.Contents)
        {
            var text = new DocumentText(path, bytes, problems);
            var reader = new RuleFileReader(text, RuleLimits.Rules - rules.Count);
            reader.Read();
            CheckIds(reader.Rules, ids, text);
            rules.AddRange(reader.Rules);
            tests.AddRange(reader.Tests);
        }

        var isBad = problems.Exists(static p => p.Severity == DocumentSeverity.Error);
        return new(isBad ? null : new RuleSet(rules, Hash(files.Contents.Values), identity), problems, files.Seen, tests);
    }

    private static void CheckIds(List<Rule> rules, Dictionary<string, Rule> ids, DocumentText text)
    {
        foreach (var rule in rules)
        {
            if (!ids.TryAdd(rule.Id, rule))
            {
                text.Problem(rule.Origin.Offset, $"the id \"{rule.Id}\" is already that of the rule at {ids[rule.Id].File}:{ids[rule.Id].Line}; ids are unique over all files");
            }
        }
    }

    private static string Hash(IEnumerable<byte[]> contents)
    {
        var hash = new Sha256();
        foreach (var bytes in contents)
        {
            hash.Append(bytes);
        }

        Span<byte> digest = stackalloc byte[Sha256.HashBytes];
        hash.Finish(digest);
        return Hex.Text(digest);
    }
}
