namespace ClearanceDaemon.Core.Rules.Loading;

/// <summary>A place in a rule where a value matcher stands, and the matchers that make sense there.</summary>
internal sealed record ValuePlace(string Name, IReadOnlyList<string> Kinds)
{
    public static readonly ValuePlace Resource = new("resource", ["equals", "oneOf", "glob", "host", "cidr", "under"]);

    // Not "under": only of a resource is it sure that a path which is not normal was refused.
    public static readonly ValuePlace Argument = new("an element of argv", ["equals", "oneOf", "glob", "host", "cidr"]);
    public static readonly ValuePlace Detail = new("a detail", ["equals", "oneOf", "glob", "host", "cidr"]);
    public static readonly ValuePlace Via = new("via", ["equals", "oneOf"]);
    public static readonly ValuePlace Unit = new("unit", ["equals", "oneOf", "glob"]);
}
