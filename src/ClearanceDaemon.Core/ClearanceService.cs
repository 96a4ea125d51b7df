using Microsoft.Extensions.Hosting;

namespace ClearanceDaemon.Core;

/// <summary>The server's life within a host: starts it unless it serves already, stops the host when it breaks, drains it at the end.</summary>
internal sealed class ClearanceService(ClearanceServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        server.Faulted = lifetime.StopApplication;
        server.Start();
        server.Announce();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync();
}
