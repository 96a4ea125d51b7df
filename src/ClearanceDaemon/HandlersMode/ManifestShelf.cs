using ClearanceDaemon.Core.External.Manifests;

namespace ClearanceDaemon.HandlersMode;

/// <summary>The manifests as this process has read them. An order that means another is reason to read them once more.</summary>
internal sealed class ManifestShelf(Func<IReadOnlyList<Manifest>> load)
{
    private Dictionary<string, Manifest> _manifests = [];
    private Task<Dictionary<string, Manifest>>? _loading;

    /// <summary>The manifest of that name and hash; null, with both hashes told, when there is another or none.</summary>
    public async Task<(Manifest? Manifest, string Problem)> FindAsync(string name, string sha256)
    {
        if (Find(name, sha256) is { } known)
        {
            return (known, "");
        }

        // Orders that come meanwhile share one reading.
        _loading ??= Task.Run(Load);
        _manifests = await _loading;
        _loading = null;
        return Find(name, sha256) is { } found ? (found, "")
            : (null, _manifests.TryGetValue(name, out var other)
                ? $"the daemon means the manifest {Short(sha256)} of {name}, and {other.File} is now {Short(other.Sha256)}; have the daemon read it again: clearance rules reload"
                : $"there is no usable manifest of {name} any more, and the daemon means {Short(sha256)}; see: clearance handlers list");
    }

    private Manifest? Find(string name, string sha256) =>
        _manifests.TryGetValue(name, out var manifest) && manifest.Sha256 == sha256 ? manifest : null;

    private Dictionary<string, Manifest> Load() => load().ToDictionary(static manifest => manifest.Name, StringComparer.Ordinal);

    private static string Short(string sha256) => sha256.Length > 12 ? sha256[..12] + "…" : sha256;
}
