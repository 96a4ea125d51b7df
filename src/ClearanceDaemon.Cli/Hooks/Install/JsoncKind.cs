namespace ClearanceDaemon.Cli.Hooks.Install;

/// <summary>What a value is.</summary>
internal enum JsoncKind
{
    /// <summary>A number, true, false or null.</summary>
    Plain,
    String,
    Array,
    Object,
}
