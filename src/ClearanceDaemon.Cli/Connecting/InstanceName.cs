using System.Buffers;

namespace ClearanceDaemon.Cli.Connecting;

/// <summary>The names an instance may have, and the base name its directories have from it.</summary>
internal static class InstanceName
{
    public const int MaxLength = 20;
    private const string Default = "clearance";
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary><c>clearance</c>, or <c>clearance-NAME</c>.</summary>
    /// <param name="name">Null or empty: the default instance.</param>
    public static string BaseName(string? name) => string.IsNullOrEmpty(name) ? Default : $"{Default}-{name}";

    /// <summary>The instance a directory belongs to, empty for the default one; null when it is no instance's.</summary>
    public static string? OfBaseName(string baseName) => baseName switch
    {
        Default => "",
        _ when baseName.StartsWith(Default + "-", StringComparison.Ordinal) && IsValid(baseName[(Default.Length + 1)..]) =>
            baseName[(Default.Length + 1)..],
        _ => null,
    };
}
