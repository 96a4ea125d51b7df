using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Rules.Loading;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.Tests.Rules;

/// <summary>Makes asks, matchers and rule sets from the text a person would write.</summary>
internal static class Some
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static AskMembers Ask(string action, string? resource = null, string[]? argv = null, string? via = null, params (string Name, object Value)[] details)
    {
        var ask = new AskMembers { Uid = 1000 };
        ask.Set(AskMember.Action, Utf8(action));
        Set(ask, AskMember.Resource, resource);
        Set(ask, AskMember.Via, via);
        ask.HasArgv = argv is not null;
        foreach (var element in argv ?? [])
        {
            ask.AddArgv(Utf8(element));
        }

        foreach (var (name, value) in details)
        {
            switch (value)
            {
                case string text:
                    ask.AddDetail(Utf8(name), Utf8(text));
                    break;
                case bool flag:
                    ask.AddDetail(Utf8(name), DetailKind.Bool, flag ? 1 : 0);
                    break;
                default:
                    ask.AddDetail(Utf8(name), DetailKind.Integer, (int)value);
                    break;
            }
        }

        return ask;
    }

    /// <summary>The rules of one file's <c>rules</c> array, which must be good.</summary>
    public static RuleSet Set(string rules, Func<string, (ulong, ulong)?>? identity = null)
    {
        var (set, problems) = Read("{\"version\":1,\"rules\":[" + rules + "]}", identity);
        Assert.Empty(problems);
        return set;
    }

    /// <summary>The problems of a whole file, each as <c>line:column: message</c>.</summary>
    public static string[] Problems(string file) =>
        [.. Read(file, null).Problems.Select(static p => $"{p.Line}:{p.Column}: {p.Message}")];

    /// <summary>The problems of one rule of which only the interesting members are given.</summary>
    public static string Problem(string members) =>
        Assert.Single(Problems("{\"version\":1,\"rules\":[{\"id\":\"x\",\"action\":\"a\"," + members + "}]}"));

    /// <summary>A matcher as it stands in a rule's <c>resource</c>.</summary>
    public static ValueMatcher Matcher(string json) =>
        Set("{\"id\":\"x\",\"action\":\"a\",\"decision\":\"deny\",\"resource\":" + json + "}").Rules[0].Conditions.Resource!;

    public static bool Matches(this ValueMatcher matcher, string value) => matcher.Matches(Utf8(value));

    /// <summary>The id of the rule that decided and what it decided.</summary>
    public static string Says(this RuleVerdict verdict) => $"{verdict.Decision} {verdict.Rule?.Id ?? "-"}{(verdict.NeedsObserved ? " ?" : "")}";

    private static (RuleSet Set, List<DocumentProblem> Problems) Read(string file, Func<string, (ulong, ulong)?>? identity)
    {
        var problems = new List<DocumentProblem>();
        var reader = new RuleFileReader(new DocumentText("test.json", Utf8(file), problems), RuleLimits.Rules);
        reader.Read();
        return (new RuleSet(reader.Rules, "", identity), problems);
    }

    private static void Set(AskMembers ask, AskMember member, string? value)
    {
        if (value is not null)
        {
            ask.Set(member, Utf8(value));
        }
    }
}
