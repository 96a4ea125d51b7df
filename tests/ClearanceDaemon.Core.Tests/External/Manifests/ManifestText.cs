using System.Text;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>Reads manifests from the text a person would write; all are called <c>hello</c>.</summary>
internal static class ManifestText
{
    public const string Name = "\"name\":\"hello\"";
    public const string Exec = "\"exec\":[\"/bin/hello\"]";
    public const string Roles = "\"roles\":{\"methods\":{\"hello.world\":\"ask\"}}";
    public const string Mode = "\"mode\":\"kept\"";

    /// <summary>A manifest of these members and a version.</summary>
    public static string Of(params string[] members) => "{\"version\":1," + string.Join(',', members) + "}";

    /// <summary>A good manifest with one more member.</summary>
    public static string With(string member) => Of(Name, Exec, Roles, Mode, member);

    /// <summary>A good manifest with other roles.</summary>
    public static string WithRoles(string roles) => Of(Name, Exec, "\"roles\":" + roles, Mode);

    public static string WithExec(string exec) => Of(Name, "\"exec\":" + exec, Roles, Mode);

    public static string Many(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    /// <summary>The manifest, which must be good.</summary>
    public static Manifest Read(string json)
    {
        var problems = new List<DocumentProblem>();
        var manifest = Read(Encoding.UTF8.GetBytes(json), problems);
        Assert.Empty(problems);
        return manifest!;
    }

    public static Manifest? Read(byte[] json, List<DocumentProblem> problems) => new ManifestReader(new DocumentText("/x/hello.json", json, problems)).Read();

    /// <summary>Each problem as <c>line:column: message</c>; there must be some exactly when there is no manifest.</summary>
    public static string[] Problems(string json)
    {
        var problems = new List<DocumentProblem>();
        var manifest = Read(Encoding.UTF8.GetBytes(json), problems);
        Assert.Equal(manifest is null, problems.Count > 0);
        return [.. problems.Select(static problem => $"{problem.Line}:{problem.Column}: {problem.Message}")];
    }
}
