using System.Text.Json.Serialization;

namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>How the file of grants is read: nothing unknown, nothing twice, nothing missing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    MaxDepth = Depth,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SavedFile))]
internal sealed partial class SavedJson : JsonSerializerContext
{
    /// <summary>The file's object, its list, a grant, its match, the details.</summary>
    public const int Depth = 5;
}
