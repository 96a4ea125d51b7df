using ClearanceDaemon.Core.Documents;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>What came of one reading of the manifests. A problem concerns its own file only; the others are used.</summary>
/// <param name="Manifests">Those to use, by name.</param>
/// <param name="Problems">Everything that is wrong with the others.</param>
/// <param name="Files">All that was looked at.</param>
internal sealed record ManifestSet(IReadOnlyList<Manifest> Manifests, IReadOnlyList<DocumentProblem> Problems, IReadOnlyList<DocumentSeen> Files)
{
    public static readonly ManifestSet Empty = new([], [], []);

    public Manifest? Find(string name)
    {
        foreach (var manifest in Manifests)
        {
            if (manifest.Name == name)
            {
                return manifest;
            }
        }

        return null;
    }
}
