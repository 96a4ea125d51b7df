namespace ClearanceDaemon.Core.External.Manifests;

/// <summary>
/// Which handlers a person switched on or off. One that has a manifest is on unless it was switched off: whoever put the file there wants
/// it. One that is compiled in is off unless it was switched on. Immutable.
/// </summary>
internal sealed class HandlerSwitches
{
    public static readonly HandlerSwitches None = new([], []);

    private readonly SortedSet<string> _on;
    private readonly SortedSet<string> _off;

    /// <exception cref="ArgumentException">A name is on and off.</exception>
    public HandlerSwitches(IEnumerable<string> on, IEnumerable<string> off)
    {
        _on = new(on, StringComparer.Ordinal);
        _off = new(off, StringComparer.Ordinal);
        if (_on.Overlaps(_off))
        {
            throw new ArgumentException("a handler is on and off", nameof(off));
        }
    }

    private HandlerSwitches(string problem)
        : this([], []) => Problem = problem;

    /// <summary>Why nobody knows how the switches stand, and what to do; every handler is off then. Null when they are known.</summary>
    public string? Problem { get; }

    public IReadOnlyCollection<string> On => _on;

    public IReadOnlyCollection<string> Off => _off;

    /// <summary>Switches of which nothing is known.</summary>
    public static HandlerSwitches Unknown(string problem) => new(problem);

    public bool IsOn(string name, bool isCompiledIn) => Problem is null && (isCompiledIn ? _on.Contains(name) : !_off.Contains(name));

    /// <summary>These switches with one of them turned. Unknown ones stay unknown: what is not turned might have been off.</summary>
    public HandlerSwitches With(string name, bool on) =>
        Problem is null ? new(Turned(_on, name, on), Turned(_off, name, !on)) : this;

    private static IEnumerable<string> Turned(SortedSet<string> names, string name, bool isIn) =>
        isIn ? names.Append(name) : names.Where(other => other != name);
}
