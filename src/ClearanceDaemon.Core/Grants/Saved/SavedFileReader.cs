using System.Text.Json;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Grants.Saved;

/// <summary>Reads the file of grants, whole or not at all.</summary>
internal static class SavedFileReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = SavedJson.Depth };

    /// <summary>What the bytes hold, or null with the end of a sentence about the file.</summary>
    public static GrantsOnDisk? Read(ReadOnlyMemory<byte> bytes, int maxGrants, out string? why)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (VersionFault(document.RootElement) is { } fault)
            {
                why = fault;
                return null;
            }

            var file = document.RootElement.Deserialize(SavedJson.Default.SavedFile) ?? throw new JsonException("it is null.");
            return Read(file, maxGrants, out why);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is how a lone surrogate shows.
            why = $"is not what this daemon writes: {e.Message}";
            return null;
        }
    }

    // First of all, so that a newer daemon's file is called that and not bad JSON.
    private static string? VersionFault(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number
        && !(version.TryGetInt32(out var number) && number == GrantJson.Version)
            ? $"has version {version}, this daemon knows version {GrantJson.Version}"
            : null;

    private static GrantsOnDisk? Read(SavedFile file, int maxGrants, out string? why)
    {
        if (!Timestamp.TryParse(file.LatestWall, out var latest))
        {
            why = "has no time in latestWall";
            return null;
        }

        if (file.Grants.Length > maxGrants)
        {
            why = $"holds {file.Grants.Length} grants, more than {maxGrants}";
            return null;
        }

        var grants = new List<Grant>(file.Grants.Length);
        var ids = new HashSet<RequestId>();
        foreach (var saved in file.Grants)
        {
            string? member = "value, null";
            if (saved is null || SavedGrantReader.Read(saved, out member) is not { } grant || !ids.Add(grant.Id))
            {
                why = $"holds a grant (number {grants.Count + 1}) with a wrong {member ?? "id, one that is there twice"}";
                return null;
            }

            grants.Add(grant);
        }

        why = null;
        return new(DateTimeOffset.FromUnixTimeMilliseconds(latest), grants);
    }
}
