using ClearanceDaemon.Core.Dispatch;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.Rules.Matchers;
using ClearanceDaemon.Protocol;
using ClearanceDaemon.Protocol.Methods;

namespace ClearanceDaemon.Core.External;

/// <summary>The handlers as <c>handlers.list</c> and <c>daemon.status</c> tell of them.</summary>
internal sealed class HandlerReport(HandlerRegistry registry, HandlerSwitching switching)
{
    /// <summary>True when nothing that is on is known not to work.</summary>
    public bool IsWell => switching.Problem is null && !registry.Problems.Any() && !Items().Any(static item => item is { Enabled: true, State: HandlerState.Bad or HandlerState.Broken });

    public HandlersListResult List() => new()
    {
        Items = [.. Items()],
        Problems = [.. registry.Problems.Select(Describe), .. SwitchProblem()],
        Process = ProcessState(),
    };

    public HandlerItem? Item(string name) =>
        registry.FindCompiledIn(name)?.Describe(registry.IsOn(name)) ?? (registry.Find(name) is { } known ? Describe(known) : null);

    private IEnumerable<HandlerItem> Items() => registry.Names.Select(name => Item(name)!);

    private string ProcessState() => registry.Link?.State switch
    {
        null => HandlersProcess.None,
        LinkState.Connected => HandlersProcess.Connected,
        LinkState.Unreachable => HandlersProcess.Unreachable,
        _ => HandlersProcess.Idle,
    };

    private HandlerItem Describe(ExternalHandler handler)
    {
        var (manifest, port, on) = (handler.Manifest, handler.Port, registry.IsOn(handler.Name));
        return new()
        {
            Name = manifest.Name,
            Kind = manifest.Mode == ManifestMode.Kept ? HandlerKind.Kept : HandlerKind.Request,
            Enabled = on,
            State = on ? port.Breaker.State : HandlerState.Disabled,
            File = manifest.File,
            Methods = manifest.Methods.Count == 0 ? null : Methods(manifest),
            Decides = Patterns(manifest.Decides),
            Effects = Patterns(manifest.Effects),
            Deadline = Duration.Format(manifest.Deadline),
            InFlight = port.InFlight,
            Calls = port.Calls,
            Failures = port.Failures,
            LastFailure = port.Breaker.LastFailure,
            RetryAt = port.RetryAt,
        };
    }

    private static Dictionary<string, string> Methods(Manifest manifest)
    {
        var methods = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (method, callers) in manifest.Methods)
        {
            methods.Add(method, callers == CallerRoles.Operator ? "operator" : "ask");
        }

        return methods;
    }

    private IEnumerable<RuleProblem> SwitchProblem() =>
        switching.Problem is { } problem ? [new() { File = switching.File, Line = 0, Column = 0, Message = problem }] : [];

    private static RuleProblem Describe(DocumentProblem problem) =>
        new() { File = problem.File, Line = problem.Line, Column = problem.Column, Message = problem.Message };

    private static string[]? Patterns(IReadOnlyList<ActionPattern> patterns) => patterns.Count == 0 ? null : [.. patterns.Select(static pattern => pattern.Text)];
}
