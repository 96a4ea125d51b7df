using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Rules.Loading;

namespace ClearanceDaemon.Core.Tests.Rules;

/// <summary>A directory of rule files, removed at the end of the test.</summary>
internal sealed class TempRules : IDisposable
{
    public const string Deny = """{"version":1,"rules":[{"id":"no","action":"a","decision":"deny"}]}""";
    public const string Allow = """{"version":1,"rules":[{"id":"yes","action":"a","decision":"allow"}]}""";

    public TempRules(bool create = true)
    {
        Root = Directory.CreateTempSubdirectory("clearance-rules-").FullName;
        Path = System.IO.Path.Combine(Root, "clearance", "rules.d");
        if (create)
        {
            Directory.CreateDirectory(Path);
        }
    }

    public string Root { get; }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public RuleStore Store(Func<string, string?>? trust = null, TimeProvider? time = null) =>
        new(new() { Directories = [Path], Trust = trust ?? (static _ => null), Time = time ?? TimeProvider.System });

    public RuleLoad Load() => new RuleLoader(static _ => null, null).Load([Path], areNamed: false);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
