using System.Text.Json.Serialization;

namespace ClearanceDaemon.Protocol.Methods;

/// <summary>Parameters of <c>clearance.wait</c>: wait (again) for a pending ask. Exactly one of <see cref="Id"/> and <see cref="Key"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WaitParams
{
    /// <summary>The ask's id.</summary>
    public string? Id { get; init; }

    /// <summary>The asker's own name for it.</summary>
    public string? Key { get; init; }

    /// <summary>How long to wait, a duration; default <c>60s</c>.</summary>
    public string? Wait { get; init; }
}
