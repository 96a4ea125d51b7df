using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClearanceDaemon.Cli.Tests.Inbox;

/// <summary>Shapes that only tests read.</summary>
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
internal sealed partial class TestJson : JsonSerializerContext;
