using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Rules.Matchers;

namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>What a handler is for.</summary>
/// <param name="Methods">The methods it answers and who may call them.</param>
/// <param name="Decides">The actions it decides.</param>
/// <param name="Effects">The actions whose verdicts it carries out.</param>
internal sealed record ManifestRoles(
    IReadOnlyDictionary<string, CallerRoles> Methods, IReadOnlyList<ActionPattern> Decides, IReadOnlyList<ActionPattern> Effects)
{
    public static readonly ManifestRoles None = new(new Dictionary<string, CallerRoles>(), [], []);
}
