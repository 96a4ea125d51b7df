using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using UnixPeers.Tests.Native;
using static UnixPeers.Tests.Listeners.TempDirectory;

namespace UnixPeers.Tests.Listeners;

public sealed class KestrelTests
{
    [Fact]
    public async Task Kestrel_serves_on_a_handle_from_Bind()
    {
        using var directory = new TempDirectory();
        using var listener = UnixListener.Bind(UnixAddress.FromPath(directory.Socket), Options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenHandle((ulong)listener.Handle.DangerousGetHandle()));
        await using var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("cleared"));
        await app.StartAsync();

        // Kestrel closes the descriptor from now on; the path is still ours to remove.
        listener.Handle.SetHandleAsInvalid();

        using var client = await UnixPeerClient.ConnectAsync(listener.Address, TestLibC.geteuid());
        await client.Stream.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(client.Stream);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("cleared", answer, StringComparison.Ordinal);

        await app.StopAsync();
        Assert.Equal("0600", Mode(directory.Socket));
        listener.Dispose();
        Assert.Null(FileStatus.Of(directory.Socket));
    }
}
