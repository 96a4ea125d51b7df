using System.Globalization;
using ClearanceDaemon.Core.ServiceManager;

namespace ClearanceDaemon.Core.Tests.ServiceManager;

/// <summary>Who runs us. That the journal itself is recognised is seen in the daemon's process tests, whose stderr is a socket.</summary>
public sealed class SystemdHelpersTests : IDisposable
{
    private readonly string? _stream = Environment.GetEnvironmentVariable("JOURNAL_STREAM");
    private readonly string? _pid = Environment.GetEnvironmentVariable("SYSTEMD_EXEC_PID");

    public SystemdHelpersTests()
    {
        Environment.SetEnvironmentVariable("JOURNAL_STREAM", null);
        Environment.SetEnvironmentVariable("SYSTEMD_EXEC_PID", null);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("JOURNAL_STREAM", _stream);
        Environment.SetEnvironmentVariable("SYSTEMD_EXEC_PID", _pid);
    }

    [Fact]
    public void B44_the_process_that_systemd_started_is_a_service_and_its_children_are_not()
    {
        Assert.False(SystemdHelpers.IsSystemdService());
        Environment.SetEnvironmentVariable("SYSTEMD_EXEC_PID", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Assert.True(SystemdHelpers.IsSystemdService());
        Environment.SetEnvironmentVariable("SYSTEMD_EXEC_PID", (Environment.ProcessId + 1).ToString(CultureInfo.InvariantCulture));
        Assert.False(SystemdHelpers.IsSystemdService());
    }

    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("8:")]
    [InlineData(":12")]
    [InlineData("8:0")]
    [InlineData("8:12:13")]
    [InlineData("8:x]")]
    public void A_stream_that_is_not_our_stderr_is_no_journal(string stream)
    {
        Environment.SetEnvironmentVariable("JOURNAL_STREAM", stream);
        Assert.False(SystemdHelpers.IsJournal());
        Assert.False(SystemdHelpers.IsSystemdService());
    }
}
