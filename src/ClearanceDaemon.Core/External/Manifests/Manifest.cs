using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>What a program that handles requests says of itself in its manifest. Immutable.</summary>
internal sealed record Manifest
{
    /// <summary>Its name, which is the file's too.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for lists.</summary>
    public string? Description { get; init; }

    /// <summary>The manifest's absolute path.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file, hex: daemon and handlers process mean the same manifest when they name the same.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The program, an absolute path, and its arguments.</summary>
    public required IReadOnlyList<string> Exec { get; init; }

    /// <summary>The methods it answers and who may call them.</summary>
    public required IReadOnlyDictionary<string, CallerRoles> Methods { get; init; }

    /// <summary>The actions it decides.</summary>
    public required IReadOnlyList<ActionPattern> Decides { get; init; }

    /// <summary>The actions whose verdicts it carries out.</summary>
    public required IReadOnlyList<ActionPattern> Effects { get; init; }

    public required ManifestMode Mode { get; init; }

    /// <summary>From the moment it is sent a request to its answer; then it is killed.</summary>
    public TimeSpan Deadline { get; init; } = ManifestLimits.DefaultDeadline;

    /// <summary>Bytes of one answer line; in request mode of everything on stdout.</summary>
    public int MaxOutput { get; init; } = ManifestLimits.DefaultMaxOutput;

    /// <summary>Requests it is given at one time; in request mode as many processes.</summary>
    public int Concurrency { get; init; } = ManifestLimits.DefaultConcurrency;

    /// <summary>Names of variables it gets besides the usual few, as the handlers process has them.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>The directory it is started in.</summary>
    public string Cwd { get; init; } = "/";
}
