namespace ClearanceDaemon.Cli.Tests.Commands;

/// <summary>The operator's verbs on a socket that has only asks: they fail, and say where they work.</summary>
public sealed class WrongSocketTests
{
    public static readonly TheoryData<string> Verbs = new(
        "pending", "pending 7f3a", "allow 7f3a", "deny 7f3a --for 1h", "grants", "grants list", "grants revoke 7f3a", "grants revoke --all",
        "lockdown", "lockdown on", "lockdown off", "status", "rules list", "rules reload", "rules explain --action a",
        "audit show", "audit verify", "audit export");

    [Theory]
    [MemberData(nameof(Verbs))]
    public void B69_AnOperatorsVerbOnAnAskSocketSaysWhatIsWrong(string verb)
    {
        using var askSocket = new FakeDaemon(static exchange => exchange.Error(-32601, "method_not_found", "There is no such method here."));
        InProcess.Against(askSocket, verb.Split(' ')).AssertFailed(127, "method_not_found", "--operator-socket", "CLEARANCE_OPERATOR_SOCKET");
        Assert.Single(askSocket.Lines);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void B69_AnAskSocketIsNeverTriedInItsPlace(string verb)
    {
        using var askSocket = FakeDaemon.Answering("{}");
        using var directory = new TempDirectory();
        var run = new InProcess().Talk(askSocket, [.. verb.Split(' '), "--operator-socket", directory.Combine("none")]);
        run.AssertFailed(127, directory.Combine("none"));
        Assert.Empty(askSocket.Lines);
    }
}
