using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>A verdict that could not be carried out: what a pending ask shows that is open again because of it.</summary>
/// <param name="Handler">Who failed.</param>
/// <param name="Outcome">Allowed or denied.</param>
/// <param name="By">Who gave the verdict, UTF-8.</param>
/// <param name="Time">When it failed.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Failure">Why.</param>
internal sealed record EffectFailure(string Handler, VerdictOutcome Outcome, byte[] By, DateTimeOffset Time, int Attempts, HandlerFailure Failure);
