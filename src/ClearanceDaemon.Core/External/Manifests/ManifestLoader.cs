using ClearanceDaemon.Core.Documents;
using UnixPeers;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>
/// Reads all manifests. Unlike rules, of which one that is missing might be a deny, each stands for itself: a bad one means one handler
/// less. The daemon and the handlers process both read them here, and so mean the same.
/// </summary>
internal sealed class ManifestLoader
{
    private readonly List<DocumentProblem> _problems = [];
    private readonly List<DocumentSeen> _seen = [];
    private readonly SortedDictionary<string, Manifest> _manifests = new(StringComparer.Ordinal);

    private ManifestLoader()
    {
    }

    /// <param name="directories">They may be missing. The last one is the admin's, and its names are not for the others.</param>
    /// <param name="trust">Null for a file or directory that only we or root can change, else the sentence why not; <see cref="TrustedPath"/> unless given.</param>
    public static ManifestSet Load(IReadOnlyList<string> directories, Func<string, string?>? trust = null)
    {
        var loader = new ManifestLoader();
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in directories.Select(static path => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Distinct(StringComparer.Ordinal).Reverse())
        {
            loader.AddDirectory(directory, trust ?? TrustedPath.Refusal, taken);
        }

        loader.DropSurplus();
        return new([.. loader._manifests.Values], loader._problems, loader._seen);
    }

    /// <param name="directory">Whose manifests are added.</param>
    /// <param name="trust">As in <see cref="Load"/>.</param>
    /// <param name="taken">The names of the files of directories before, good or bad: a broken one of the admin's is not the user's to replace.</param>
    private void AddDirectory(string directory, Func<string, string?> trust, Dictionary<string, string> taken)
    {
        var files = new DocumentFiles(trust, ManifestLimits.FileBytes, _problems);
        files.Add(directory, isNamed: false);
        foreach (var file in files.Seen)
        {
            var name = Path.GetFileName(file.Path);
            if (!files.Contents.TryGetValue(file.Path, out var bytes))
            {
                _seen.Add(file);
            }
            else if (taken.TryGetValue(name, out var other))
            {
                Refuse(file.Path, $"is not used: {other} has the same name and comes first; give this handler another name");
            }
            else
            {
                AddFile(file, bytes);
            }
        }

        foreach (var file in files.Seen)
        {
            taken.TryAdd(Path.GetFileName(file.Path), file.Path);
        }
    }

    private void AddFile(DocumentSeen file, byte[] bytes)
    {
        if (new ManifestReader(new DocumentText(file.Path, bytes, _problems)).Read() is { } manifest)
        {
            _manifests.Add(manifest.Name, manifest);
            _seen.Add(file);
        }
        else
        {
            _seen.Add(new(file.Path, false, "it has problems"));
        }
    }

    private void DropSurplus()
    {
        foreach (var manifest in _manifests.Values.Skip(ManifestLimits.Handlers).ToList())
        {
            _manifests.Remove(manifest.Name);
            _seen.RemoveAll(seen => seen.Path == manifest.File);
            Refuse(manifest.File, $"is not used: there are more than {ManifestLimits.Handlers} handlers, and the first by name are taken; remove one");
        }
    }

    private void Refuse(string path, string reason)
    {
        _seen.Add(new(path, false, reason));
        _problems.Add(new(path, 0, 0, DocumentSeverity.Error, reason));
    }
}
