using ClearanceDaemon.Core.External.Orders;

namespace ClearanceDaemon.Tests.HandlersMode;

/// <summary>The effect that is compiled in, with a terok-shield on PATH that writes down how it was called.</summary>
[Collection(HandlersCollection.Name)]
public sealed class ShieldTests : IDisposable
{
    private readonly HandlersFixture _handlers = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _handlers.Dispose();
    }

    [Theory]
    [InlineData("example.com:443", "allowed", "allow|c1|example.com")]
    [InlineData("[::1]:443", "denied", "deny|c1|::1")]
    [InlineData("1.2.3.4:443", "allowed", "allow|c1|1.2.3.4")]
    [InlineData("example.com", "denied", "deny|c1|example.com")]
    [InlineData("fe80::1", "denied", "deny|c1|fe80::1")]
    public void A_verdict_becomes_one_command(string resource, string outcome, string command)
    {
        Install("printf '%s' \"$1|$2|$3|$4\" > \"$TMPDIR/called\"; echo much; echo noise >&2");
        var request = Request(resource);
        var result = _handlers.Run(Orders.Shield(request, $$"""{"outcome":"{{outcome}}","by":"operator","id":"00"}""")).GetProperty("result");
        Assert.Equal($$"""{"digest":"{{Orders.DigestOf(request)}}","ok":true}""", result.GetRawText());
        Assert.Equal(command + "|", File.ReadAllText(Path.Combine(_handlers.Root, "called")));
        _handlers.AssertNoProcess();
    }

    [Theory]
    [InlineData("--all:443", "c1", "allowed")]
    [InlineData(":443", "c1", "allowed")]
    [InlineData("a b:443", "c1", "allowed")]
    [InlineData("a\\nb:443", "c1", "allowed")]
    [InlineData("[::1", "c1", "allowed")]
    [InlineData("example.com:443", "-c1", "allowed")]
    [InlineData("example.com:443", "", "allowed")]
    [InlineData("example.com:443", "c\\u00a01", "allowed")]
    [InlineData("example.com:443", "c1", "asked")]
    public void Words_that_are_no_words_run_nothing(string resource, string container, string outcome)
    {
        Install("touch \"$TMPDIR/called\"");
        var failure = _handlers.Run(Orders.Shield(Request(resource, container), $$"""{"outcome":"{{outcome}}"}""")).GetProperty("failure");
        Assert.Equal("protocol", failure.GetProperty("why").GetString());
        Assert.False(File.Exists(Path.Combine(_handlers.Root, "called")));
    }

    [Fact]
    public void A_request_without_resource_or_container_runs_nothing()
    {
        Install("touch \"$TMPDIR/called\"");
        foreach (var request in (string[])["""{"action":"net.connect","v":1}""", """{"details":{"container":1},"resource":"a:1","v":1}""", """{"details":{"container":"c1"},"v":1}"""])
        {
            Assert.Equal("protocol", _handlers.Run(Orders.Shield(request)).GetProperty("failure").GetProperty("why").GetString());
        }

        Assert.False(File.Exists(Path.Combine(_handlers.Root, "called")));
    }

    [Fact]
    public void A_failure_is_told_with_its_code_and_its_last_words()
    {
        Install("yes nonsense | head -c 2000 >&2; echo 'no such container' >&2; exit 1");
        var failure = _handlers.Run(Orders.Shield(Request("example.com:443"))).GetProperty("failure");
        Assert.Equal("exit", failure.GetProperty("why").GetString());
        Assert.Equal(1, failure.GetProperty("exitCode").GetInt32());
        Assert.EndsWith("no such container", failure.GetProperty("stderr").GetString(), StringComparison.Ordinal);
        Assert.InRange(failure.GetProperty("stderr").GetString()!.Length, 400, 512);
        Assert.Contains("allow c1 example.com", failure.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_program_the_path_is_told()
    {
        Environment.SetEnvironmentVariable("PATH", "relative:/not/there");
        var failure = _handlers.Run(Orders.Shield(Request("example.com:443"))).GetProperty("failure");
        Assert.Equal("start", failure.GetProperty("why").GetString());
        Assert.Contains("relative:/not/there", failure.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void B40_it_has_this_processs_variables_but_none_of_the_service_managers()
    {
        Install("env > \"$TMPDIR/env\"; ls -l /proc/self/fd > \"$TMPDIR/fds\"");
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", "/x");
        Environment.SetEnvironmentVariable("CLEARANCE_TEST_OWN", "own");
        try
        {
            Assert.True(_handlers.Run(Orders.Shield(Request("example.com:443"))).TryGetProperty("result", out _));
        }
        finally
        {
            Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);
            Environment.SetEnvironmentVariable("CLEARANCE_TEST_OWN", null);
        }

        var seen = File.ReadAllText(Path.Combine(_handlers.Root, "env"));
        Assert.Contains("CLEARANCE_TEST_OWN=own", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("NOTIFY_SOCKET", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("socket:", File.ReadAllText(Path.Combine(_handlers.Root, "fds")), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_effect_runs_it()
    {
        Install("touch \"$TMPDIR/called\"");
        var order = Orders.Shield(Request("example.com:443")) with { Kind = OrderKind.Call };
        Assert.Equal("unavailable", _handlers.Run(order).GetProperty("failure").GetProperty("why").GetString());
        Assert.Equal("unavailable", _handlers.Run(order with { Kind = OrderKind.Effect, Manifest = "00" }).GetProperty("failure").GetProperty("why").GetString());
        Assert.False(File.Exists(Path.Combine(_handlers.Root, "called")));
    }

    private static string Request(string resource, string container = "c1") =>
        $$"""{"action":"net.connect","details":{"container":"{{container}}"},"resource":"{{resource}}","uid":1000,"v":1,"via":"terok-shield"}""";

    private void Install(string script)
    {
        var bin = Directory.CreateDirectory(Path.Combine(_handlers.Root, "bin")).FullName;
        File.WriteAllText(Path.Combine(bin, "terok-shield"), "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(Path.Combine(bin, "terok-shield"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", bin + ":" + _path);
    }
}
