namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>A value and where it stands, so that it can be cut out of its text and all else left.</summary>
internal sealed class JsoncNode
{
    public required JsoncKind Kind { get; init; }

    /// <summary>The first byte; of an object's member, that of its name.</summary>
    public required int Start { get; init; }

    /// <summary>Behind the last byte.</summary>
    public int End { get; set; }

    /// <summary>The member's name; empty for elements of arrays and the root.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the value itself begins.</summary>
    public required int ValueStart { get; init; }

    /// <summary>The text of a string.</summary>
    public string Text { get; init; } = "";

    /// <summary>Members or elements, in their order.</summary>
    public List<JsoncNode> Children { get; } = [];

    /// <summary>A comment stands between its brackets or behind its name, outside of its children.</summary>
    public bool HasComment { get; set; }

    public JsoncNode? Member(string name) => Children.Find(child => child.Name == name);
}
