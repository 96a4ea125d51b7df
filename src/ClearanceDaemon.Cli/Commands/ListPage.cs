using System.Text.Json;

namespace ClearanceDaemon.Cli.Commands;

/// <summary>What all pages have in common.</summary>
internal sealed record ListPage
{
    public required JsonElement[] Items { get; init; }

    public long? Next { get; init; }
}
