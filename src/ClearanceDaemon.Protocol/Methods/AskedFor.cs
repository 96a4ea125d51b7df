using System.Text.Json;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>What an ask asks for.</summary>
public sealed record AskedFor
{
    /// <summary>What is to be done.</summary>
    public required string Action { get; init; }

    /// <summary>What it is to be done to.</summary>
    public string? Resource { get; init; }

    /// <summary>Flat members of string, bool or integer.</summary>
    public Dictionary<string, JsonElement>? Details { get; init; }

    /// <summary>The command line.</summary>
    public string[]? Argv { get; init; }

    /// <summary>Whose ask it is, as the asker put it; see <see cref="AskAs"/>.</summary>
    public string? As { get; init; }
}
