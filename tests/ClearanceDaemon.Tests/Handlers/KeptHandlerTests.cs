using ClearanceDaemon.Conformance;
using ClearanceDaemon.Tests.HandlersMode;

namespace ClearanceDaemon.Tests.Handlers;

/// <summary>A program that is kept and answers request after request.</summary>
[Collection(HandlersCollection.Name)]
public sealed class KeptHandlerTests : HandlerConformance, IDisposable
{
    private readonly HandlerHost _host = new(static manifests => ConfProgram.Install(manifests, "kept"));

    protected override string BrokenCode => "handler_failed";

    public void Dispose() => _host.Dispose();

    protected override LineClient Ask() => _host.Connect("ask");

    protected override LineClient Operator() => _host.Connect("operator");
}
