using ClearanceDaemon.Core.Grants;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>What a person said to a pending ask.</summary>
/// <param name="Id">The ask.</param>
/// <param name="Digest">What was shown, UTF-8.</param>
/// <param name="Allows">Yes or no.</param>
/// <param name="Scope">For how long.</param>
/// <param name="Bind">The members a grant is bound to; null for all.</param>
/// <param name="Reason">For the asker, UTF-8.</param>
internal sealed record DecisionOrder(RequestId Id, byte[] Digest, bool Allows, GrantScope Scope, IReadOnlyList<string>? Bind, byte[]? Reason);
