using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.TerokShield;

/// <summary>
/// The handler <c>terok-shield</c>: hears what the firewall reports of its containers, and has the handlers process run
/// <c>terok-shield allow|deny CONTAINER TARGET</c> for every verdict on that. For the reactor's thread.
/// </summary>
internal sealed class TerokShieldHandler : ICompiledInHandler
{
    /// <summary>How long the command may take, and how many of them run at one time.</summary>
    public static readonly HandlerTerms Terms = new(ShieldIntake.Via, "", TimeSpan.FromSeconds(10), 8) { ExitCounts = false };

    private static readonly string[] Effects = ["net.connect"];
    private readonly ReporterDoor _door;
    private readonly HandlerPort _port;

    public TerokShieldHandler(ReporterDoor door, HandlersLink? link, HandlerJournal journal, TimeProvider clock)
    {
        _door = door;
        _port = new(Terms, link, clock) { Answered = failure => journal.Answered(Name, _port!.Breaker.State, failure) };
    }

    public string Name => ShieldIntake.Via;

    public async Task SwitchAsync(bool on)
    {
        if (on)
        {
            _ = await _door.OpenAsync();
        }
        else
        {
            _door.Close();
        }
    }

    public bool CarriesOut(AskMembers ask) => ask.Via.SequenceEqual(ShieldIntake.ViaUtf8);

    public async Task<HandlerFailure?> CarryOutAsync(AskMembers ask, byte[] digest, Verdict verdict, PeerCredentials peer) =>
        ExternalHandler.EffectFault(await _port.RunAsync(OrderKind.Effect, HandlerParams.ForAsk(ask, digest, peer, verdict)));

    public HandlerItem Describe(bool enabled)
    {
        var problem = enabled ? _door.Problem : null;
        return new()
        {
            Name = Name,
            Kind = HandlerKind.CompiledIn,
            Enabled = enabled,
            State = !enabled ? HandlerState.Disabled : problem is not null ? HandlerState.Bad : _port.Breaker.State,
            Problem = problem,
            Effects = Effects,
            Deadline = Duration.Format(Terms.Deadline),
            Socket = _door.Address,
            InFlight = _port.InFlight,
            Calls = _port.Calls,
            Failures = _port.Failures,
            LastFailure = _port.Breaker.LastFailure,
            RetryAt = _port.RetryAt,
            Counters = _door.Intake.Counts.ReadAll(),
        };
    }
}
