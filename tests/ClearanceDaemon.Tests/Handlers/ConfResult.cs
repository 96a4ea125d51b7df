using System.Text.Json;
using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.External.Orders;

namespace ClearanceDaemon.Tests.Handlers;

/// <summary>Answers with JSON as a third party can: through a typed result.</summary>
internal static class ConfResult
{
    public static void Write(RequestContext request, ReadOnlySpan<byte> json)
    {
        using var document = JsonDocument.Parse(json.ToArray());
        request.Succeed(document.RootElement, OrderJson.Default.JsonElement);
    }
}
