using ClearanceDaemon.Core.Transport;
using Microsoft.Extensions.Logging;

namespace ClearanceDaemon.HandlersMode;

/// <summary>What everything that runs programs needs.</summary>
internal sealed record Workshop(Reactor Reactor, Children Children, ILogger Log);
