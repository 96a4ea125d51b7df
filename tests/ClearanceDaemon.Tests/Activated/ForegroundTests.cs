namespace ClearanceDaemon.Tests.Activated;

/// <summary>Starts by hand whose place is not what they were promised: few descriptors, rules that are not there.</summary>
public sealed class ForegroundTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("clearance-foreground-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_low_limit_on_descriptors_lowers_the_connections_and_says_so()
    {
        using var daemon = new ActivatedDaemon(_root, "", ["/bin/sh", "-c", "ulimit -n 1024; exec \"$@\"", "sh"], []);
        var status = daemon.Exchange("operator", "daemon.status");
        Assert.Contains("\"maxConnections\":464", status, StringComparison.Ordinal);
        Assert.Contains("\"maxConnectionsPerProcess\":348", status, StringComparison.Ordinal);
        Assert.Contains("\"maxOperatorConnections\":256", status, StringComparison.Ordinal);
        daemon.AwaitError(" serves ");
        Assert.Equal(ExitCodes.Ok, daemon.EndBy("TERM"));
        Assert.Contains("the limit of 1024 open files has no room for maxConnections 16384", daemon.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_were_named_and_are_not_there_leave_nothing_to_decide_by()
    {
        var missing = _root + "/rules-that-moved";
        using var daemon = new ActivatedDaemon(_root, "", "--rules", missing);
        var status = daemon.Exchange("operator", "daemon.status");
        Assert.Contains("\"state\":\"bad\"", status, StringComparison.Ordinal);
        Assert.Contains(missing, status, StringComparison.Ordinal);
        Assert.Contains("\"unavailable\"", daemon.Exchange("ask", "clearance.ask", """{"action":"demo.read","wait":"0s"}"""), StringComparison.Ordinal);
        daemon.AwaitError(" serves ");
        Assert.Equal(ExitCodes.Ok, daemon.EndBy("TERM"));
    }
}
