using System.Text.Json;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>A grant of the file, as JSON has it; <see cref="SavedGrantReader"/> says what of it makes sense.</summary>
internal sealed record SavedGrant
{
    public required string Id { get; init; }

    public required int V { get; init; }

    public required string Verdict { get; init; }

    public required GrantSubject Subject { get; init; }

    public required Dictionary<string, JsonElement> Match { get; init; }

    public required Protocol.Methods.GrantScope Scope { get; init; }

    public required string Made { get; init; }

    public string? ExpiresWall { get; init; }

    public SavedBoot? Boot { get; init; }

    public int? UsesLeft { get; init; }

    public string? Rule { get; init; }

    public required long DecidedSeq { get; init; }

    public SavedProcess? Process { get; init; }
}
