using ClearanceDaemon.Core.External.Manifests;
using static ClearanceDaemon.Core.Tests.External.Manifests.ManifestText;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>Good and bad manifests, for the loader and the schema alike.</summary>
internal static class ManifestTable
{
    /// <summary>Each limit as it is and one over, and each form a member may have.</summary>
    public static readonly string[] Good =
    [
        Of(Name, Exec, Roles, Mode),
        Of(Name, Exec, Roles, "\"mode\":\"request\""),
        With("\"description\":\"" + new string('d', ManifestLimits.DescriptionBytes) + "\""),
        WithExec("[\"/bin/sh\",\"-c\",\"echo \\\"$0\\\"\"]"),
        WithExec("[" + Many(ManifestLimits.ExecElements, static _ => "\"/a\"") + "]"),
        WithExec("[\"/...\",\"..\"]"),
        WithExec("[\"/ein Weg/mit Ü\",\"\\n\"]"),
        WithRoles("""{"methods":{"hello.world":"ask","hello.tune.up":"operator"}}"""),
        WithRoles("{\"methods\":{" + Many(ManifestLimits.Methods, static i => $"\"hello.m{i}\":\"ask\"") + "}}"),
        WithRoles("""{"decides":["net.connect","fs.**","a.*.b"]}"""),
        WithRoles("{\"decides\":[" + Many(ManifestLimits.Patterns, static i => $"\"a{i}\"") + "]}"),
        WithRoles("""{"effects":["**"]}"""),
        WithRoles("{\"effects\":[" + Many(ManifestLimits.Patterns, static i => $"\"a{i}\"") + "]}"),
        WithRoles("""{"methods":{"hello.world":"ask"},"decides":["a"],"effects":["a"]}"""),
        With("\"deadline\":\"1ms\""), With("\"deadline\":\"99999ms\""), With("\"deadline\":\"600000ms\""), With("\"deadline\":\"600s\""),
        With("\"deadline\":\"99s\""), With("\"deadline\":\"10m\""), With("\"deadline\":\"9m\""),
        With($"\"maxOutput\":{ManifestLimits.LeastOutput}"), With($"\"maxOutput\":{ManifestLimits.MostOutput}"),
        With("\"concurrency\":1"), With($"\"concurrency\":{ManifestLimits.MostConcurrency}"),
        With("\"env\":[]"), With("\"env\":[\"_\",\"LANG\",\"a1\",\"LISTEN\",\"NOTIFY_SOCKETS\",\"WATCHDOG\"]"),
        With("\"env\":[" + Many(ManifestLimits.Variables, static i => $"\"V{i}\"") + "]"),
        With("\"cwd\":\"/\""), With("\"cwd\":\"/srv/data\""),
    ];

    /// <summary>What both refuse.</summary>
    public static readonly string[] Bad =
    [
        "[]", "null", "\"hello\"", "{}",
        "{" + string.Join(',', Name, Exec, Roles, Mode) + "}",
        Of(Exec, Roles, Mode), Of(Name, Roles, Mode), Of(Name, Exec, Mode), Of(Name, Exec, Roles),
        "{\"version\":2," + string.Join(',', Name, Exec, Roles, Mode) + "}",
        "{\"version\":\"1\"," + string.Join(',', Name, Exec, Roles, Mode) + "}",
        With("\"shell\":true"), With("\"Deadline\":\"1s\""),
        .. Names("hello.world", "Hello", "", "häl", "hello\\n", new string('h', ManifestLimits.NameLength + 1)),
        .. HandlerName.Reserved.Select(static name => Of($"\"name\":\"{name}\"", Exec, "\"roles\":{\"decides\":[\"a\"]}", Mode)),
        Of("\"name\":1", Exec, Roles, Mode),
        With("\"description\":\"\""), With("\"description\":1"), With("\"description\":\"" + new string('d', ManifestLimits.DescriptionBytes + 1) + "\""),
        WithExec("\"/bin/hello\""), WithExec("[]"), WithExec("[1]"), WithExec("[\"\"]"), WithExec("[\"hello\"]"), WithExec("[\"./hello\"]"), WithExec("[\"/\"]"),
        WithExec("[\"/bin/hello/\"]"), WithExec("[\"/bin//hello\"]"), WithExec("[\"/bin/./hello\"]"), WithExec("[\"/bin/../hello\"]"), WithExec("[\"/bin/..\"]"),
        WithExec("[\"/bin/hello\",\"\"]"), WithExec("[\"/bin/hello\",2]"), WithExec("[\"/bin/hello\",null]"), WithExec("[\"/bin/he\\u0000llo\"]"), WithExec("[\"/bin/hello\",\"a\\u0000b\"]"),
        WithExec("[" + Many(ManifestLimits.ExecElements + 1, static _ => "\"/a\"") + "]"),
        WithRoles("[]"), WithRoles("{}"), WithRoles("{\"asks\":[\"a\"]}"), WithRoles("{\"methods\":{}}"), WithRoles("{\"methods\":[\"hello.world\"]}"),
        WithRoles("{\"methods\":{\"hello\":\"ask\"}}"), WithRoles("{\"methods\":{\"hello.\":\"ask\"}}"), WithRoles("{\"methods\":{\"hello.World\":\"ask\"}}"),
        WithRoles("{\"methods\":{\"hello.a.b.c.d.e.f.g.h\":\"ask\"}}"), WithRoles("{\"methods\":{\"hello." + new string('x', 251) + "\":\"ask\"}}"),
        WithRoles("{\"methods\":{\"hello.world\":\"any\"}}"), WithRoles("{\"methods\":{\"hello.world\":true}}"),
        WithRoles("{\"methods\":{" + Many(ManifestLimits.Methods + 1, static i => $"\"hello.m{i}\":\"ask\"") + "}}"),
        WithRoles("{\"decides\":[]}"), WithRoles("{\"decides\":\"a\"}"), WithRoles("{\"decides\":[\"a.**.b\"]}"), WithRoles("{\"decides\":[1]}"), WithRoles("{\"decides\":[\"A\"]}"),
        WithRoles("{\"decides\":[\"**\"]}"), WithRoles("{\"decides\":[\"*\"]}"), WithRoles("{\"decides\":[\"*.**\"]}"), WithRoles("{\"decides\":[\"a\",\"a\"]}"),
        WithRoles("{\"decides\":[" + Many(ManifestLimits.Patterns + 1, static i => $"\"a{i}\"") + "]}"),
        WithRoles("{\"effects\":[]}"), WithRoles("{\"effects\":[\"a\",\"a\"]}"), WithRoles("{\"effects\":[" + Many(ManifestLimits.Patterns + 1, static i => $"\"a{i}\"") + "]}"),
        Of(Name, Exec, Roles, "\"mode\":\"once\""), Of(Name, Exec, Roles, "\"mode\":true"),
        With("\"deadline\":\"0s\""), With("\"deadline\":\"600001ms\""), With("\"deadline\":\"601s\""), With("\"deadline\":\"11m\""), With("\"deadline\":\"1h\""),
        With("\"deadline\":5"), With("\"deadline\":\"5\""), With("\"deadline\":\"05s\""),
        With($"\"maxOutput\":{ManifestLimits.LeastOutput - 1}"), With($"\"maxOutput\":{ManifestLimits.MostOutput + 1}"), With("\"maxOutput\":\"60k\""), With("\"maxOutput\":2048.5"),
        With("\"concurrency\":0"), With($"\"concurrency\":{ManifestLimits.MostConcurrency + 1}"), With("\"concurrency\":\"1\""),
        With("\"env\":\"LANG\""), With("\"env\":[\"A=B\"]"), With("\"env\":[\"\"]"), With("\"env\":[\"1A\"]"), With("\"env\":[null]"), With("\"env\":[\"LANG\",\"LANG\"]"),
        With("\"env\":[\"LISTEN_FDS\"]"), With("\"env\":[\"LISTEN_FDNAMES\"]"), With("\"env\":[\"NOTIFY_SOCKET\"]"), With("\"env\":[\"WATCHDOG_USEC\"]"),
        With("\"env\":[" + Many(ManifestLimits.Variables + 1, static i => $"\"V{i}\"") + "]"),
        With("\"cwd\":\"\""), With("\"cwd\":\"data\""), With("\"cwd\":\"/srv/\""), With("\"cwd\":\"/srv/../etc\""), With("\"cwd\":null"),
    ];

    /// <summary>What a schema cannot say: it sees neither the file's name nor a member that is written twice.</summary>
    public static readonly string[] BadToTheLoaderAlone =
    [
        Of("\"name\":\"other\"", Exec, "\"roles\":{\"methods\":{\"other.world\":\"ask\"}}", Mode),
        WithRoles("{\"methods\":{\"other.world\":\"ask\"}}"),
        WithRoles("{\"methods\":{\"hello2.world\":\"ask\"}}"),
        With("\"mode\":\"request\""),
        WithRoles("{\"decides\":[\"a\"],\"decides\":[\"b\"]}"),
        With("\"description\":\"" + new string('ü', (ManifestLimits.DescriptionBytes / 2) + 1) + "\""),
        With("\"description\":\"\\ud800\""),
    ];

    private static IEnumerable<string> Names(params string[] names) =>
        names.Select(static name => Of($"\"name\":\"{name}\"", Exec, "\"roles\":{\"decides\":[\"a\"]}", Mode));
}
