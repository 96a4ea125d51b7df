using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Loading;

namespace ClearanceDaemon.Core.Rules;

/// <summary>Checks rule files before a daemon uses them: loads them, runs their tests against the whole set, and warns of what is surely not meant.</summary>
internal static class RuleCheck
{
    /// <param name="paths">Files and directories; all must exist.</param>
    /// <param name="trust">As in <see cref="RuleStoreOptions.Trust"/>; null trusts everything.</param>
    /// <param name="identity">As in <see cref="RuleStoreOptions.FileIdentity"/>.</param>
    public static RuleCheckReport Run(
        IReadOnlyList<string> paths, Func<string, string?>? trust = null, Func<string, (ulong Device, ulong Inode)?>? identity = null)
    {
        var load = new RuleLoader(trust ?? (static _ => null), identity).Load(paths, areNamed: true);
        var problems = new List<DocumentProblem>(load.Problems);
        WarnOfSuffix(load.Files, problems);
        if (load.Set is not { } set)
        {
            return new(load.Files, 0, problems, 0, []);
        }

        problems.AddRange(RuleLint.Find(set));
        var failed = new List<DocumentProblem>();
        foreach (var test in load.Tests)
        {
            if (Run(test, set, identity) is { } failure)
            {
                failed.Add(new(test.File, test.Line, test.Column, DocumentSeverity.Error, failure));
            }
        }

        return new(load.Files, set.Count, problems, load.Tests.Count - failed.Count, failed);
    }

    private static void WarnOfSuffix(IReadOnlyList<DocumentSeen> files, List<DocumentProblem> problems)
    {
        foreach (var file in files)
        {
            if (file.Used && (Path.GetFileName(file.Path).StartsWith('.') || !file.Path.EndsWith(".json", StringComparison.Ordinal)))
            {
                problems.Add(new(file.Path, 0, 0, DocumentSeverity.Warning, "the daemon would not read this file: it wants a name that ends in .json and does not start with a dot"));
            }
        }
    }

    private static string? Run(RuleTest test, RuleSet set, Func<string, (ulong Device, ulong Inode)?>? identity)
    {
        var verdict = set.Decide(test.Ask, Observe(test, identity));
        if (verdict.Decision == test.Expect && (test.Rule is null || test.Rule == verdict.Rule?.Id))
        {
            return null;
        }

        var by = verdict.Rule is { } rule ? $"by rule {rule.Id} ({rule.File}:{rule.Line})" : "by default: no rule matches";
        var wanted = Word(test.Expect) + (test.Rule is null ? "" : $" by rule {test.Rule}");
        return $"the test expects {wanted}, the rules say {Word(verdict.Decision)} {by}";
    }

    // A test that names no program or unit has an asker of whom neither is known, as the daemon has when it cannot look.
    private static ObservedPeer Observe(RuleTest test, Func<string, (ulong Device, ulong Inode)?>? identity)
    {
        if (test.Exe is null && test.Unit is null)
        {
            return ObservedPeer.Unknown;
        }

        var exe = test.Exe is null ? default : identity?.Invoke(test.Exe) ?? default;
        return new(ObservedState.Known, exe.Device, exe.Inode, test.Unit);
    }

    private static string Word(Decision decision) => RuleTestReader.Expectations[(int)decision];
}
