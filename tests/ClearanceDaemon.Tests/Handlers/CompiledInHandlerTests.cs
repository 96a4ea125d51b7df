using ClearanceDaemon.Conformance;
using ClearanceDaemon.Core;
using ClearanceDaemon.Tests.HandlersMode;

namespace ClearanceDaemon.Tests.Handlers;

/// <summary>Handlers that are a part of the host.</summary>
[Collection(HandlersCollection.Name)]
public sealed class CompiledInHandlerTests : HandlerConformance, IDisposable
{
    private readonly HandlerHost _host = new(services: static services => services
        .AddRequestHandler<ConfEcho>().AddRequestHandler<ConfSecret>().AddRequestHandler<ConfRefuse>().AddRequestHandler<ConfFail>().AddRequestHandler<ConfBig>());

    protected override string BrokenCode => "internal";

    public void Dispose() => _host.Dispose();

    protected override LineClient Ask() => _host.Connect("ask");

    protected override LineClient Operator() => _host.Connect("operator");
}
