using ClearanceDaemon.Core.Clearances;
using ClearanceDaemon.Core.Documents;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Core.External.Orders;
using ClearanceDaemon.Core.Rules;
using ClearanceDaemon.Core.Time;
using ClearanceDaemon.Protocol.Methods;
using UnixPeers;

namespace ClearanceDaemon.Core.External;

/// <summary>
/// Every handler there is, compiled in or with a manifest, and which of them are on: the one answer to who is called for
/// what. For the reactor's thread.
/// </summary>
/// <param name="link">The way to the handlers process; null where there is none.</param>
/// <param name="journal">Where what becomes of handlers is told.</param>
/// <param name="timers">For those whose asker waits no longer.</param>
/// <param name="clock">For rests.</param>
internal sealed class HandlerRegistry(HandlersLink? link, HandlerJournal journal, TurnTimers timers, TimeProvider clock) : IDeciders, IEffectHandlers
{
    private readonly List<ICompiledInHandler> _compiledIn = [];
    private readonly SortedDictionary<string, ExternalHandler> _known = new(StringComparer.Ordinal);
    private ExternalHandler[] _deciding = [];
    private ExternalHandler[] _carrying = [];
    private ICompiledInHandler[] _compiledInOn = [];
    private List<DocumentProblem> _conflicts = [];

    public HandlersLink? Link => link;

    public HandlerSwitches Switches { get; private set; } = HandlerSwitches.None;

    /// <summary>What the last reading of the manifests found.</summary>
    public ManifestSet Manifests { get; private set; } = ManifestSet.Empty;

    /// <summary>What is wrong with manifests.</summary>
    public IEnumerable<DocumentProblem> Problems => Manifests.Problems.Concat(_conflicts);

    /// <summary>The methods of the programs that are on.</summary>
    public IReadOnlyList<ExternalMethod> Methods { get; private set; } = [];

    /// <summary>Whether a method is answered by something else already.</summary>
    public Func<string, bool> IsTaken { get; set; } = static _ => false;

    /// <summary>Told when <see cref="Methods"/> are others.</summary>
    public Action? MethodsChanged { get; set; }

    /// <summary>Names of all handlers, in order.</summary>
    public IEnumerable<string> Names => _compiledIn.Select(static handler => handler.Name).Concat(_known.Keys).Order(StringComparer.Ordinal);

    public bool IsCompiledIn(string name) => FindCompiledIn(name) is not null;

    public bool IsOn(string name) => Switches.IsOn(name, IsCompiledIn(name));

    public ExternalHandler? Find(string name) => _known.GetValueOrDefault(name);

    public ICompiledInHandler? FindCompiledIn(string name) => _compiledIn.FirstOrDefault(handler => handler.Name == name);

    /// <summary>Adds a handler that is part of the daemon; before anything is put in force.</summary>
    public void Add(ICompiledInHandler handler) => _compiledIn.Add(handler);

    /// <summary>Puts manifests in force that were read; a handler whose manifest is the same goes on as it was.</summary>
    public void Take(ManifestSet read)
    {
        Manifests = read;
        foreach (var name in _known.Keys.Except(read.Manifests.Select(static manifest => manifest.Name)).ToArray())
        {
            _known.Remove(name);
            journal.Forget(name);
        }

        foreach (var manifest in read.Manifests)
        {
            if (_known.GetValueOrDefault(manifest.Name) is not { } known || known.Manifest.Sha256 != manifest.Sha256 || known.Manifest.File != manifest.File)
            {
                _known[manifest.Name] = new(manifest, PortFor(manifest));
            }
        }

        Apply();
    }

    /// <summary>Puts switches in force; the work of handlers that are compiled in begins and ends with it.</summary>
    public async Task TakeAsync(HandlerSwitches switches)
    {
        Switches = switches;
        Apply();
        foreach (var handler in _compiledIn)
        {
            await handler.SwitchAsync(IsOn(handler.Name));
        }
    }

    public bool MayDecide(ReadOnlySpan<byte> action, Rule? rule)
    {
        foreach (var handler in _deciding)
        {
            if (IsMeant(handler, rule) && handler.Decides(action))
            {
                return true;
            }
        }

        return false;
    }

    public async Task<HandlersVerdict?> DecideAsync(AskMembers ask, byte[] digest, Rule? rule, PeerCredentials peer, TimeSpan atMost)
    {
        var asked = _deciding.Where(handler => IsMeant(handler, rule) && handler.Decides(ask.Action)).ToArray();
        var late = new TaskCompletionSource();
        var timer = timers.Schedule(atMost, late.SetResult);
        var answers = Array.ConvertAll(asked, handler => handler.DecideAsync(ask, digest, peer));
        await Task.WhenAny(Task.WhenAll(answers), late.Task);
        timer.Cancel();

        // Whoever was switched off meanwhile, or has another manifest, has nothing to say any more.
        answers = [.. answers.Where((_, i) => _deciding.Contains(asked[i]))];

        // As with rules: one no is a no, and yes needs everyone's.
        var said = answers.Where(static answer => answer.IsCompletedSuccessfully).Select(static answer => answer.Result).ToArray();
        return said.FirstOrDefault(static verdict => verdict is { Allows: false })
            ?? (said.Length == answers.Length && said.All(static verdict => verdict is not null) ? said.FirstOrDefault() : null);
    }

    public bool Wants(AskMembers ask)
    {
        foreach (var handler in _compiledInOn)
        {
            if (handler.CarriesOut(ask))
            {
                return true;
            }
        }

        foreach (var handler in _carrying)
        {
            if (handler.CarriesOut(ask.Action))
            {
                return true;
            }
        }

        return false;
    }

    public IReadOnlyList<string> For(AskMembers ask) =>
    [
        .. _compiledInOn.Where(handler => handler.CarriesOut(ask)).Select(static handler => handler.Name),
        .. _carrying.Where(handler => handler.CarriesOut(ask.Action)).Select(static handler => handler.Name),
    ];

    public Task<HandlerFailure?> CarryOutAsync(string handler, AskMembers ask, byte[] digest, Verdict verdict, PeerCredentials peer) =>
        FindCompiledIn(handler) is { } own ? own.CarryOutAsync(ask, digest, verdict, peer)
        : Find(handler) is { } known ? known.CarryOutAsync(ask, digest, verdict, peer)
        : Task.FromResult<HandlerFailure?>(new() { Why = HandlerFault.Unavailable, Message = "its manifest is gone" });

    private static bool IsMeant(ExternalHandler handler, Rule? rule) => rule is null || rule.Handler == handler.Name;

    private HandlerPort PortFor(Manifest manifest)
    {
        var port = new HandlerPort(new(manifest.Name, manifest.Sha256, manifest.Deadline, manifest.Concurrency), link, clock);
        port.Answered = failure => journal.Answered(manifest.Name, port.Breaker.State, failure);
        return port;
    }

    private void Apply()
    {
        var on = _known.Values.Where(handler => IsOn(handler.Name)).ToArray();
        _deciding = [.. on.Where(static handler => handler.Manifest.Decides.Count > 0)];
        _carrying = [.. on.Where(static handler => handler.Manifest.Effects.Count > 0)];
        _compiledInOn = [.. _compiledIn.Where(handler => IsOn(handler.Name))];
        _conflicts = [];
        Methods = [.. on.SelectMany(MethodsOf)];
        MethodsChanged?.Invoke();
        link?.Keep(new KeepOrder(on.ToDictionary(static handler => handler.Name, static handler => handler.Manifest.Sha256)));
    }

    private IEnumerable<ExternalMethod> MethodsOf(ExternalHandler handler)
    {
        foreach (var (method, callers) in handler.Manifest.Methods)
        {
            if (IsTaken(method))
            {
                _conflicts.Add(new(handler.Manifest.File, 0, 0, DocumentSeverity.Error, $"the method {method} is answered by the daemon itself; give it another name"));
            }
            else
            {
                yield return new(method, callers, handler);
            }
        }
    }
}
