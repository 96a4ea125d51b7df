using System.Text;
using System.Text.Json;
using ClearanceDaemon.Cli.Hooks.Install;

namespace ClearanceDaemon.Cli.Tests.Hooks;

/// <summary>The editor of settings: what it puts in is where the host looks, and no other byte changes.</summary>
public sealed class SettingsTextTests
{
    private static readonly HookEntry Entry = new("/usr/bin/clearance", ["hook", "claude-code", "--wait", "1m"]);
    private static readonly string[] Events = ["PreToolUse", "PermissionRequest"];
    private static readonly JsonDocumentOptions Jsonc = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<string> Shapes =>
    [
        "{}", "{ }", "{\n}", "{\n}\n", "{\r\n}\r\n", "\uFEFF{}\n", "{}\n\n",
        "{\"model\":\"opus\"}",
        "{\n  \"model\": \"opus\"\n}\n",
        "{\n\t\"model\": \"opus\",\n\t\"env\": {\n\t\t\"A\": \"1\"\n\t}\n}\n",
        "{\r\n    \"model\": \"opus\",\r\n    \"env\": {}\r\n}\r\n",
        "// mine\n{\n  // the model\n  \"model\": \"opus\", // always\n  /* no more */\n}\n// end",
        "{ // c\n}",
        "{ /* { \"hooks\": [ , */ }",
        "{\"hooks\":{}}",
        "{\n  \"hooks\": {\n  }\n}\n",
        "{\n  \"hooks\": {\n    // none yet\n  }\n}\n",
        "{\"hooks\":{\"PreToolUse\":[]}}",
        "{\n  \"hooks\": {\n    \"PreToolUse\": [\n    ]\n  }\n}",
        "{\n  \"hooks\": {\n    \"PostToolUse\": [\n      { \"matcher\": \"Edit|Write\", \"hooks\": [ { \"type\": \"command\", \"command\": \"prettier\" } ] }\n    ]\n  },\n  \"z\": 1\n}\n",
        "{\n  \"hooks\": {\n    \"PreToolUse\": [\n      {\n        \"matcher\": \"Bash\",\n        \"hooks\": [\n          { \"type\": \"command\", \"command\": \"/x // not, a comment \\\" { [\", \"timeout\": 3, }, // why\n        ],\n      }, // and why\n    ],\n  },\n}\n",
        "{\"hooks\":{\"PreToolUse\":[{\"hooks\":[]}],\"PermissionRequest\":[ {} , ]},\"x\":[1,2,{\"y\":null}]}",
        "{\"a\":\"\\u00e9\\n/* no */\",\"hooks\" : {\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"c\"}]}]}, \"n\":-1.5e3}",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WhatGoesInIsWhereTheHostLooksAndAllElseStays(string text)
    {
        var with = With(text);
        using var before = JsonDocument.Parse(text.TrimStart('\uFEFF'), Jsonc);
        using var after = JsonDocument.Parse(with.TrimStart('\uFEFF'), Jsonc);
        foreach (var name in Events)
        {
            var group = after.RootElement.GetProperty("hooks").GetProperty(name).EnumerateArray().Last();
            var handler = Assert.Single(group.GetProperty("hooks").EnumerateArray());
            Assert.Equal(("command", Entry.Command(), 75), (handler.GetProperty("type").GetString(), handler.GetProperty("command").GetString(), handler.GetProperty("timeout").GetInt32()));
        }

        Assert.Equal(Events, SettingsText.Read(Encoding.UTF8.GetBytes(with)).Find("claude-code").Select(static hook => hook.Event));
        Assert.True(IsSubsequence(text, with), with);
        Assert.Equal(WithoutOurs(before.RootElement), WithoutOurs(after.RootElement));
        Assert.Equal(text.Contains('\r', StringComparison.Ordinal), with.Contains('\r', StringComparison.Ordinal));
        Assert.Equal(text.Contains('\r', StringComparison.Ordinal) ? with.Count(static c => c == '\n') : 0, with.Count(static c => c == '\r'));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void WhatWentInComesOutAndAllElseStays(string text)
    {
        var without = Encoding.UTF8.GetString(SettingsText.Without(Encoding.UTF8.GetBytes(With(text)), "claude-code"));
        Assert.True(IsSubsequence(WithoutSpace(without), WithoutSpace(text)), without);
        using var before = JsonDocument.Parse(text.TrimStart('\uFEFF'), Jsonc);
        using var after = JsonDocument.Parse(without.TrimStart('\uFEFF'), Jsonc);
        Assert.Equal(WithoutOurs(before.RootElement), WithoutOurs(after.RootElement));
        Assert.Equal(Comments(text), Comments(without));
    }

    [Fact]
    public void AnythingPutAroundOursStays()
    {
        var with = With("{}");
        foreach (var (from, to) in ((string, string)[])
        [
            ("\"hooks\": [\n          {", "\"matcher\": \"Bash\",\n        \"hooks\": [\n          { \"type\": \"command\", \"command\": \"mine\" },\n          {"),
            ("\"PreToolUse\": [\n", "\"PreToolUse\": [\n      { \"hooks\": [ { \"type\": \"command\", \"command\": \"mine\" } ] }, // mine, too\n"),
            ("\"PreToolUse\": [\n", "\"PreToolUse\": [ // mine\n"),
            ("\n  }\n}", "\n  },\n  \"mine\": true\n}"),
            ("{\n  \"hooks\"", "{\n  \"mine\": true, // mine\n  \"hooks\""),
        ])
        {
            var edited = with.Replace(from, to, StringComparison.Ordinal);
            Assert.NotEqual(with, edited);
            var without = Encoding.UTF8.GetString(SettingsText.Without(Encoding.UTF8.GetBytes(edited), "claude-code"));
            Assert.Empty(SettingsText.Read(Encoding.UTF8.GetBytes(without)).Find("claude-code"));
            Assert.Contains("mine", without);
            Assert.Equal(Comments(edited), Comments(without));
            JsonDocument.Parse(without, Jsonc).Dispose();
        }
    }

    [Fact]
    public void RandomSettingsKeepEveryByte()
    {
        var random = new Random(61);
        for (var i = 0; i < 2000; i++)
        {
            var text = RandomSettings(random);
            var with = With(text);
            Assert.True(IsSubsequence(text, with), text);
            var without = Encoding.UTF8.GetString(SettingsText.Without(Encoding.UTF8.GetBytes(with), "claude-code"));
            using var before = JsonDocument.Parse(text, Jsonc);
            using var after = JsonDocument.Parse(without, Jsonc);
            Assert.Equal(WithoutOurs(before.RootElement), WithoutOurs(after.RootElement));
            Assert.Equal(Comments(text), Comments(without));
        }
    }

    [Theory]
    [InlineData("[]", "no object")]
    [InlineData("7", "no object")]
    [InlineData("{", "column 2: a member's name is missing")]
    [InlineData("{\"a\":1", "line 1, column 7: a comma or a closing bracket")]
    [InlineData("{\"a\" 1}", "colon")]
    [InlineData("{\"a\":}", "a value is missing")]
    [InlineData("{\"a\":tru}", "a value is missing")]
    [InlineData("{\"a\":1 \"b\":2}", "comma")]
    [InlineData("{\"a\":1}\n}", "line 2, column 1: something follows")]
    [InlineData("{\"a\":\"x}", "a string does not end")]
    [InlineData("{\"a\":\"\\x\"}", "no JSON string")]
    [InlineData("{'a':1}", "name is missing")]
    [InlineData("{/* \"a\":1}", "a comment does not end")]
    [InlineData("{,}", "name is missing")]
    [InlineData("{\"a\":[,]}", "a value is missing")]
    [InlineData("{\"a\":[}]}", "a value is missing")]
    [InlineData("{\"hooks\":{},\"hooks\":{}}", "\"hooks\" is there twice")]
    [InlineData("{\"hooks\":{},\"\\u0068ooks\":{}}", "\"hooks\" is there twice")]
    [InlineData("{\"hooks\":[]}", "\"hooks\" is no object")]
    [InlineData("{\"hooks\":{\"PreToolUse\":{}}}", "\"hooks.PreToolUse\" is no array")]
    public void WhatIsNotUnderstoodIsRefused(string text, string why) => Assert.Contains(why, Assert.Throws<SettingsException>(() => With(text)).Message);

    [Fact]
    public void DepthHasALimit()
    {
        string Deep(int depth) => $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        With(Deep(63));
        Assert.Contains("deeper than 64", Assert.Throws<SettingsException>(() => With(Deep(64))).Message);
        Assert.Throws<SettingsException>(() => With(Deep(1_000_000)));
    }

    private static string With(string text) => Encoding.UTF8.GetString(SettingsText.With(Encoding.UTF8.GetBytes(text), Events, Entry, 75));

    private static bool IsSubsequence(string part, string whole)
    {
        var at = 0;
        foreach (var c in whole)
        {
            at += at < part.Length && part[at] == c ? 1 : 0;
        }

        return at == part.Length;
    }

    private static string WithoutSpace(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));

    /// <summary>All but our entries, and but what is empty without them.</summary>
    private static string WithoutOurs(JsonElement root)
    {
        var text = new StringBuilder();
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name != "hooks")
            {
                text.Append(member.Name).Append(member.Value.GetRawText());
                continue;
            }

            foreach (var hook in member.Value.EnumerateObject())
            {
                text.AppendJoin('|', hook.Value.EnumerateArray().Select(static group => group.GetRawText()).Where(static group => !group.Contains(" hook claude-code", StringComparison.Ordinal)));
            }
        }

        return text.ToString();
    }

    private static string[] Comments(string text) =>
        [.. System.Text.RegularExpressions.Regex.Matches(text, "\"(?:\\\\.|[^\"\\\\])*\"|(?<c>//[^\n]*|/\\*.*?\\*/)", System.Text.RegularExpressions.RegexOptions.Singleline)
            .Select(static match => match.Groups["c"].Value).Where(static comment => comment.Length > 0)];

    private static string RandomSettings(Random random)
    {
        string Space() => random.Next(6) switch { 0 => "\n", 1 => "\n  ", 2 => " /* c, */ ", 3 => " // c: {\n", _ => "" };
        string Value() => random.Next(6) switch { 0 => "1", 1 => "\"a, // b\"", 2 => "null", 3 => $"[{Space()}2{Space()},{Space()}3]", 4 => $$"""{"k":{{Space()}}true}""", _ => "\"\\\"\"" };
        string Group() => $$"""{{{Space()}}"hooks":[{{Space()}}{"type":"command",{{Space()}}"command":{{Space()}}"c"}{{Space()}}]{{Space()}}}""";
        string Array() => $"[{Space()}{string.Join(Space() + "," + Space(), Enumerable.Range(0, random.Next(3)).Select(_ => Group()))}{Space()}]";
        string Hooks() => $$"""{{{Space()}}{{string.Join($",{Space()}", ((string[])["PreToolUse", "Stop", "PermissionRequest"]).Where(_ => random.Next(2) == 0).Select(name => $"\"{name}\":{Space()}{Array()}"))}}{{Space()}}}""";
        var members = Enumerable.Range(0, random.Next(3)).Select(i => $"\"m{i}\":{Space()}{Value()}").ToList();
        if (random.Next(2) == 0)
        {
            members.Insert(random.Next(members.Count + 1), $"\"hooks\":{Space()}{Hooks()}");
        }

        return $"{Space()}{{{Space()}{string.Join(Space() + "," + Space(), members)}{(members.Count > 0 && random.Next(3) == 0 ? "," : "")}{Space()}}}{Space()}";
    }
}
