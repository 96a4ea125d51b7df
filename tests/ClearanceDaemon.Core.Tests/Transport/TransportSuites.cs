using System.Runtime.Versioning;
using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Core.Tests.Transport;

[SupportedOSPlatform("linux")]
public sealed class EpollTransportTests : TransportConformance
{
    internal override IPoller CreatePoller() => new Epoll();
}

public sealed class PollTransportTests : TransportConformance
{
    internal override IPoller CreatePoller() => new Poll();
}

[SupportedOSPlatform("linux")]
public sealed class EpollPressureTests : TransportPressureConformance
{
    internal override IPoller CreatePoller() => new Epoll();
}

public sealed class PollPressureTests : TransportPressureConformance
{
    internal override IPoller CreatePoller() => new Poll();
}
