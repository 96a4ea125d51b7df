using System.Diagnostics;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.Rules.Loading;

namespace ClearanceDaemon.Core.Tests.Rules;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class FilesTests
{
    [Fact]
    public void B67_what_is_passed_over_is_listed_with_the_reason()
    {
        using var dir = new TempRules();
        dir.Write("10-work.json", TempRules.Deny);
        dir.Write("20-work.jsn", TempRules.Allow);
        dir.Write("30-work.JSON", TempRules.Allow);
        dir.Write("40-work.json~", TempRules.Allow);
        dir.Write(".hidden.json", TempRules.Allow);
        Directory.CreateDirectory(dir["50.json"]);
        var load = dir.Load();
        Assert.Equal(1, load.Set!.Count);
        Assert.Equal(
            [
                ".hidden.json its name starts with a dot", "10-work.json used", "20-work.jsn its name does not end in .json",
                "30-work.JSON its name does not end in .json", "40-work.json~ its name does not end in .json", "50.json it is a directory",
            ],
            load.Files.Select(static f => $"{Path.GetFileName(f.Path)} {(f.Used ? "used" : f.Why)}"));
    }

    [Fact]
    public void B67_unknown_members_are_errors_at_every_level()
    {
        foreach (var file in new[]
        {
            """{"version":1,"rulez":[]}""",
            """{"version":1,"rules":[{"id":"x","action":"a","decision":"deny","resorce":"r"}]}""",
            """{"version":1,"rules":[{"id":"x","action":"a","decision":"deny","resource":{"host":"h","prot":1}}]}""",
            """{"version":1,"rules":[{"id":"x","action":"a","decision":"deny","argv":{"any":"x","last":true}}]}""",
            """{"version":1,"tests":[{"ask":{"action":"a"},"expect":"ask","by":"x"}]}""",
            """{"version":1,"tests":[{"ask":{"action":"a","uid":0},"expect":"ask"}]}""",
            """{"version":1,"tests":[{"ask":{"action":"a"},"observed":{"pid":1},"expect":"ask"}]}""",
        })
        {
            Assert.Contains("; allowed here: ", Assert.Single(Some.Problems(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_directory_is_listed_and_no_problem()
    {
        using var dir = new TempRules(create: false);
        var load = dir.Load();
        Assert.Equal(0, load.Set!.Count);
        Assert.Equal(new DocumentSeen(dir.Path, false, "it does not exist"), Assert.Single(load.Files));
    }

    [Fact]
    public void A_missing_file_that_was_named_is_a_problem()
    {
        using var dir = new TempRules();
        var load = new RuleLoader(static _ => null, null).Load([dir["no.json"]], areNamed: true);
        Assert.Null(load.Set);
        Assert.Contains("cannot be read", Assert.Single(load.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_untrusted_file_is_a_problem_and_never_read()
    {
        using var dir = new TempRules();
        dir.Write("good.json", TempRules.Deny);
        dir.Write("theirs.json", "not even JSON");
        var load = new RuleLoader(static path => path.EndsWith("theirs.json", StringComparison.Ordinal) ? "is writable by others; chmod o-w it" : null, null).Load([dir.Path], areNamed: false);
        Assert.Null(load.Set);
        Assert.Equal($"{dir["theirs.json"]}: is writable by others; chmod o-w it", Assert.Single(load.Problems).ToString());
        Assert.Contains(new DocumentSeen(dir["theirs.json"], false, "is writable by others; chmod o-w it"), load.Files);
    }

    [Fact]
    public void An_untrusted_directory_is_a_problem_and_never_listed()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        var load = new RuleLoader(path => path == dir.Path ? "is not yours" : null, null).Load([dir.Path], areNamed: false);
        Assert.Null(load.Set);
        Assert.Equal(dir.Path, Assert.Single(load.Files).Path);
        Assert.Single(load.Problems);
    }

    [Fact]
    public void A_link_is_followed_and_a_dangling_one_is_a_problem()
    {
        using var dir = new TempRules();
        var target = Path.Combine(dir.Root, "elsewhere");
        File.WriteAllText(target, TempRules.Deny);
        File.CreateSymbolicLink(dir["link.json"], target);
        Assert.Equal(1, dir.Load().Set!.Count);
        File.Delete(target);
        var load = dir.Load();
        Assert.Null(load.Set);
        Assert.Contains("cannot be read", Assert.Single(load.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_a_problem_not_an_empty_one()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root reads every directory");
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        File.SetUnixFileMode(dir.Path, UnixFileMode.None);
        try
        {
            Assert.Null(dir.Load().Set);
        }
        finally
        {
            File.SetUnixFileMode(dir.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_file_without_an_end_is_refused()
    {
        using var dir = new TempRules();
        File.CreateSymbolicLink(dir["zero.json"], "/dev/zero");
        var load = dir.Load();
        Assert.Null(load.Set);
        Assert.Contains("it grew while it was read", Assert.Single(load.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_FIFO_is_refused_and_not_waited_for()
    {
        using var dir = new TempRules();
        using var mkfifo = Process.Start("mkfifo", [dir["pipe.json"]]);
        mkfifo.WaitForExit();
        var load = new RuleLoader(UnixPeers.TrustedPath.Refusal, null).Load([dir.Path], areNamed: false);
        Assert.Null(load.Set);
        Assert.Contains("neither a file nor a directory", Assert.Single(load.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_daemons_own_trust_takes_what_only_we_can_write()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        var loader = new RuleLoader(UnixPeers.TrustedPath.Refusal, null);
        Assert.Empty(loader.Load([dir.Path], areNamed: false).Problems);
        File.SetUnixFileMode(dir["a.json"], File.GetUnixFileMode(dir["a.json"]) | UnixFileMode.GroupWrite);
        Assert.Contains("writable by others", Assert.Single(loader.Load([dir.Path], areNamed: false).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_directory_twice_is_read_once()
    {
        using var dir = new TempRules();
        dir.Write("a.json", TempRules.Deny);
        Assert.Equal(1, new RuleLoader(static _ => null, null).Load([dir.Path, dir.Path + "/"], areNamed: false).Set!.Count);
    }

    [Fact]
    public void Files_and_directories_in_any_order_make_the_same_set()
    {
        using var one = new TempRules();
        using var two = new TempRules();
        one.Write("z.json", TempRules.Deny);
        two.Write("a.json", TempRules.Allow);
        var loader = new RuleLoader(static _ => null, null);
        var forward = loader.Load([one.Path, two.Path], areNamed: false).Set!;
        var backward = loader.Load([two.Path, one.Path], areNamed: false).Set!;
        Assert.Equal(forward.Sha256, backward.Sha256);
        Assert.Equal(forward.Rules.Select(static r => r.Id), backward.Rules.Select(static r => r.Id));
        Assert.Equal("Deny no", backward.Decide(Some.Ask("a")).Says());
    }

    [Fact]
    public void Sha256sum_says_the_same()
    {
        using var dir = new TempRules();
        dir.Write("b.json", TempRules.Deny);
        dir.Write("a.json", TempRules.Allow);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat a.json b.json | sha256sum"]) { RedirectStandardOutput = true, WorkingDirectory = dir.Path })!;
        Assert.StartsWith(dir.Load().Set!.Sha256, shell.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
    }
}
