using System.Diagnostics;
using ClearanceDaemon.Core.Clearances;
using UnixPeers.Tests.Peers;

namespace ClearanceDaemon.Core.Tests.Clearances;

/// <summary>Verdicts from places that are not the person's: other namespaces, the asker's own service or container, a process that hides.</summary>
public sealed class SandboxedDeciderTests
{
    private const string Remedy = "; allow it from another terminal, or set selfApproval in the rule";
    private const string Hidden = "the process that sends the verdict is gone or hides itself; allow it from an ordinary terminal";

    private static readonly string Container = "docker-" + new string('a', 64) + ".scope";

    public static TheoryData<string, string[]> Namespaces => new()
    {
        { "user", ["/usr/bin/unshare", "--user", "--map-current-user"] },
        { "user", ["/usr/bin/unshare", "--user", "--map-root-user", "--mount"] },
        { "mount", ["/usr/bin/unshare", "--mount"] },
        { "pid", ["/usr/bin/unshare", "--pid", "--fork", "--kill-child"] },
        { "user", ["/usr/bin/bwrap", "--unshare-user", "--ro-bind", "/", "/", "--dev", "/dev", "--die-with-parent"] },
        { "pid", ["/usr/bin/bwrap", "--unshare-pid", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--die-with-parent"] },
    };

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void B30_a_verdict_from_another_namespace_never_allows(string kind, string[] sandbox)
    {
        Family.SkipUnlessWorks(sandbox);
        using var family = new Family();
        var (asker, decider) = (family.StartOne("asker"), family.StartOne("decider", sandbox));
        using var principal = Self(asker);

        // An ordinary user's bubblewrap has a user namespace in any case, and that is named first.
        var said = $"the verdict comes from another {(Environment.IsPrivilegedProcess ? kind : "user")} namespace than the daemon's; allow it from a terminal outside of any sandbox or container";
        Assert.Equal(said, Refusal(decider, asker, principal, lifted: false));
        Assert.Equal(said, Refusal(decider, asker, principal, lifted: true));
    }

    [Theory]
    [MemberData(nameof(Namespaces))]
    public void What_a_sandbox_asks_is_allowed_from_outside(string kind, string[] sandbox)
    {
        Family.SkipUnlessWorks(sandbox);
        using var family = new Family();
        var (asker, decider) = (family.StartOne("asker", ["/usr/bin/setsid", .. sandbox]), family.StartOne("decider"));
        foreach (var meant in new[] { "self", "parent", "session" })
        {
            using var principal = Principal.Resolve(asker.Process, asker.Credentials, System.Text.Encoding.UTF8.GetBytes(meant));
            Assert.Null(Refusal(decider, asker, principal, lifted: false));
        }

        Assert.NotEmpty(kind);
    }

    [Fact]
    public void B30_the_same_service_may_not_allow()
    {
        using var family = new Family();
        var (asker, decider, other) = (family.StartOne("asker"), family.StartOne("decider"), family.StartOne("other"));
        using var service = new ControlGroup($"clearance-{Environment.ProcessId}-a.service");
        service.Add(asker.Pid);
        service.Add(decider.Pid);
        using var principal = Self(asker);
        Assert.Equal($"the verdict comes from the service that asks ({principal.Observed?.Unit}){Remedy}", Refusal(decider, asker, principal, lifted: false));
        Assert.Null(Refusal(decider, asker, principal, lifted: true));
        Assert.Null(Refusal(other, asker, principal, lifted: false));
    }

    [Fact]
    public void B30_a_service_that_the_asker_was_in_when_it_asked_counts_too()
    {
        using var family = new Family();
        var (asker, decider) = (family.StartOne("asker"), family.StartOne("decider"));
        using var service = new ControlGroup($"clearance-{Environment.ProcessId}-b.service");
        service.Add(asker.Pid);
        service.Add(decider.Pid);
        using var principal = Self(asker);
        asker.Kill();
        Assert.StartsWith("the verdict comes from the service that asks", Refusal(decider, asker, principal, lifted: false), StringComparison.Ordinal);
    }

    [Fact]
    public void B30_a_service_that_only_the_asker_is_in_counts_though_the_principal_is_outside()
    {
        using var family = new Family();
        family.Start("child('asker'); stay(join('parent'))");
        var (asker, decider) = (family.Meet("asker"), family.StartOne("decider"));
        using var service = new ControlGroup($"clearance-{Environment.ProcessId}-c.service");
        service.Add(asker.Pid);
        service.Add(decider.Pid);
        using var principal = Principal.Resolve(asker.Process, asker.Credentials, "parent"u8);
        Assert.Equal(family.Meet("parent").Pid, principal.Pid);
        Assert.StartsWith("the verdict comes from the service that asks", Refusal(decider, asker, principal, lifted: false), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_scope_may_allow()
    {
        // All terminals of one login are in session-N.scope.
        using var family = new Family();
        var (asker, decider) = (family.StartOne("asker"), family.StartOne("decider"));
        using var scope = new ControlGroup($"clearance-{Environment.ProcessId}.service/session-1.scope");
        scope.Add(asker.Pid);
        scope.Add(decider.Pid);
        using var principal = Self(asker);
        Assert.Equal("session-1.scope", principal.Observed?.Unit);
        Assert.Null(Refusal(decider, asker, principal, lifted: false));
    }

    [Fact]
    public void B30_the_same_container_may_not_allow()
    {
        using var family = new Family();
        var (asker, decider) = (family.StartOne("asker"), family.StartOne("decider"));
        using var container = new ControlGroup($"clearance-{Environment.ProcessId}.slice/{Container}");
        container.Add(asker.Pid);
        container.Add(decider.Pid);
        using var principal = Self(asker);
        Assert.Equal($"the verdict comes from the container that asks ({Container}){Remedy}", Refusal(decider, asker, principal, lifted: false));
        Assert.Null(Refusal(decider, asker, principal, lifted: true));
    }

    [Fact]
    public void Who_hides_from_its_own_user_allows_nothing()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            As_an_ordinary_user();
            return;
        }

        string[] again = [.. Family.AsNobody[1..], Path.Combine(AppContext.BaseDirectory, "ClearanceDaemon.Core.Tests"), "-noLogo"];
        Assert.SkipUnless(Run([.. again, "-list", "classes"]).Code == 0, "the user nobody cannot start this program here");
        var (code, output) = Run([.. again, "-explicit", "only", "-method", $"{typeof(SandboxedDeciderTests).FullName}.{nameof(As_an_ordinary_user)}"]);
        Assert.True(code == 0 && output.Contains("Total: 1,", StringComparison.Ordinal), output);
    }

    [Fact(Explicit = true)]
    public void As_an_ordinary_user()
    {
        using var family = new Family();
        family.Start("libc.prctl(4, 0); stay(join('hidden'))");
        var asker = family.StartOne("asker");
        using var principal = Self(asker);
        Assert.Equal(Hidden, Refusal(family.Meet("hidden"), asker, principal, lifted: false));
        Assert.Equal(Hidden, Refusal(family.Meet("hidden"), asker, principal, lifted: true));
        Assert.Null(Refusal(family.StartOne("shown"), asker, principal, lifted: false));
    }

    private static (int Code, string Output) Run(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Family.AsNobody[0], arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static Principal Self(Relative asker) => Principal.Resolve(asker.Process, asker.Credentials, default);

    private static string? Refusal(Relative decider, Relative asker, Principal principal, bool lifted) =>
        SelfApproval.Refusal(decider.Process, decider.Pid, [asker.Process], principal, lifted);
}
