namespace ClearanceDaemon.Cli.Notifications;

/// <summary>
/// The desktop's notification server, reached through libnotify's notify-send, one process for each notice that is open, and
/// through systemd's busctl, which says beforehand whether anyone would draw buttons.
/// </summary>
internal sealed class NotifySend
{
    private const string Service = "org.freedesktop.Notifications";

    /// <summary>What a child gets of our environment: the way to the desktop, and nothing else.</summary>
    private static readonly string[] Passed = ["HOME", "PATH", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"];

    /// <summary>How long the bus may take to say who serves it.</summary>
    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(30);

    private readonly string _program;
    private readonly string? _bus;
    private readonly Dictionary<string, string> _environment;

    private NotifySend(string program, string? bus, Dictionary<string, string> environment)
    {
        _program = program;
        _bus = bus;
        _environment = environment;
    }

    /// <exception cref="NoAnswerException">notify-send is not installed.</exception>
    public static NotifySend Find(Surroundings surroundings)
    {
        var path = surroundings.Setting("PATH");
        var program = SearchPath.Find("notify-send", path)
            ?? throw new NoAnswerException("notify-send is not on PATH. Install libnotify 0.8 or later (on Debian: libnotify-bin), or answer with clearance watch.");
        var environment = ChildProcess.Environment(surroundings, Passed);

        // notify-send takes its arguments for text of the locale, and a service has none; its messages stay English.
        environment["LC_ALL"] = "C.UTF-8";
        return new NotifySend(program, SearchPath.Find("busctl", path), environment);
    }

    /// <summary>Why nobody could press a button now; null where a server would draw them, or where only showing one can tell.</summary>
    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        if (_bus is null)
        {
            return null;
        }

        using var process = ChildProcess.Start(_bus, ["--user", "call", Service, "/org/freedesktop/Notifications", Service, "GetCapabilities"], _environment);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(ProbeWithin);
        try
        {
            var error = process.StandardError.ReadToEndAsync(late.Token);
            var capabilities = await process.StandardOutput.ReadToEndAsync(late.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(late.Token).ConfigureAwait(false);
            return process.ExitCode != 0 ? $"no notification server answers: {(await error.ConfigureAwait(false)).Trim()}"
                : capabilities.Contains("\"actions\"", StringComparison.Ordinal) ? null
                : NoticeProcess.NoButtons;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            return "no notification server answers in time";
        }
    }

    /// <summary>Shows a notice; the caller owns what is returned.</summary>
    /// <exception cref="IOException">notify-send cannot be started.</exception>
    public NoticeProcess Show(Notice notice) => new(ChildProcess.Start(_program, NoticeArguments.Of(notice), _environment), notice.Buttons);
}
