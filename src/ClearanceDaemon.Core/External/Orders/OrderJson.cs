using System.Text.Json.Serialization;

namespace ClearanceDaemon.Core.External.Orders;

/// <summary>How orders' replies go over the wire. <see cref="Order"/> writes itself, because its parameters go byte for byte.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(KeepOrder))]
internal sealed partial class OrderJson : JsonSerializerContext;
