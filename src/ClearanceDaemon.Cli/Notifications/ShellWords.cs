using System.Buffers;

namespace ClearanceDaemon.Cli.Notifications;

/// <summary>A command line as one would type it, so that one can tell where each element ends.</summary>
internal static class ShellWords
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%+,-./:=@_");

    public static string Of(string[] argv) => string.Join(' ', argv.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
