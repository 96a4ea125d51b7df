using ClearanceDaemon.Tests.Support;
using UnixPeers;

namespace ClearanceDaemon.Tests;

/// <summary>Which fault of a start has which exit code.</summary>
public sealed class StartExceptionTests : IDisposable
{
    private readonly Home _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Each_fault_of_a_socket_has_the_code_of_its_kind()
    {
        Assert.Equal(ExitCodes.Usage, CodeOf(static () => UnixAddress.FromPath("relative")));
        Assert.Equal(ExitCodes.Usage, CodeOf(static () => UnixAddress.FromPath("/" + new string('x', 107))));
        Assert.Equal(ExitCodes.CannotCreate, CodeOf(static () => PrivateDirectory.Ensure("/proc/nowhere", "directory", owned: true)));
        using (InstanceLock.Acquire(Path.Combine(_home.Root, "lock"), "lock"))
        {
            Assert.Equal(ExitCodes.AlreadyRunning, CodeOf(() => InstanceLock.Acquire(Path.Combine(_home.Root, "lock"), "lock").Dispose()));
        }

        Directory.CreateDirectory(Path.Combine(_home.Root, "dir"), Home.OwnerOnly);
        Assert.Equal(ExitCodes.Refused, CodeOf(() => InstanceLock.Acquire(Path.Combine(_home.Root, "dir"), "lock").Dispose()));
    }

    [Fact]
    public void What_files_throw_is_cannot_create()
    {
        Assert.Equal(ExitCodes.CannotCreate, StartException.From(new IOException("disk full"))?.ExitCode);
        Assert.Equal(ExitCodes.CannotCreate, StartException.From(new UnauthorizedAccessException("no"))?.ExitCode);
    }

    [Fact]
    public void A_start_exception_stays_itself_and_a_fault_of_ours_is_called_one()
    {
        var start = new StartException(ExitCodes.Configuration, "why");
        Assert.Same(start, StartException.From(start));
        var fault = StartException.From(new InvalidOperationException("ours"));
        Assert.Equal(ExitCodes.Software, fault.ExitCode);
        Assert.Contains("InvalidOperationException: ours", fault.Message, StringComparison.Ordinal);
    }

    private static int CodeOf(Action action)
    {
        var fault = Record.Exception(action);
        Assert.NotNull(fault);
        var start = StartException.From(fault);
        Assert.NotNull(start);
        Assert.Equal(fault.Message, start.Message);
        return start.ExitCode;
    }
}
