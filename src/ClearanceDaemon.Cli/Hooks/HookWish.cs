using ClearanceDaemon.Cli.Connecting;

namespace ClearanceDaemon.Cli.Hooks;

/// <summary>What the command line of a hook says.</summary>
/// <param name="Address">Where to ask.</param>
/// <param name="Wait">How long a person has to answer.</param>
/// <param name="Closed">Nothing is left to the host's own prompt.</param>
internal sealed record HookWish(AddressFlags Address, TimeSpan Wait, bool Closed);
