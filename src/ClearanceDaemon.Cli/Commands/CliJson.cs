using System.Text.Json.Serialization;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>The shapes that only this program reads.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ListPage))]
[JsonSerializable(typeof(Doctor.RulesReport))]
internal sealed partial class CliJson : JsonSerializerContext;
