namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>How long a handler's process lives.</summary>
internal enum ManifestMode : byte
{
    /// <summary>Started for the first request, then given every further one.</summary>
    Kept,

    /// <summary>Started for each request, which it answers and exits.</summary>
    Request,
}
