using System.Text.Json;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>One item of a list, with the JSON it came as.</summary>
internal sealed record Listed<T>(string Id, T Item, JsonElement Json);
