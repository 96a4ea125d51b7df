using System.Runtime.InteropServices;
using ClearanceDaemon.Core.External.Manifests;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.HandlersMode;

/// <summary>What the handlers process serves, and when it ends.</summary>
internal sealed record HandlersSetup
{
    /// <summary>The listening socket; stays the caller's.</summary>
    public required SafeHandle Listener { get; init; }

    /// <summary>Reads the manifests; on any thread.</summary>
    public required Func<IReadOnlyList<Manifest>> LoadManifests { get; init; }

    public required ILoggerFactory Logs { get; init; }

    /// <summary>A descriptor whose end of input ends everything: the daemon beside us is gone. Negative for none.</summary>
    public int LifeLine { get; init; } = -1;

    /// <summary>How long to stay with nobody connected and nothing running; null to stay for good.</summary>
    public TimeSpan? IdleExit { get; init; }
}
