using System.Text.Json.Serialization;

namespace ClearanceDaemon.Benchmarks;

[JsonSerializable(typeof(LoadResult))]
[JsonSerializable(typeof(ColdResult))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ToolJson : JsonSerializerContext;
