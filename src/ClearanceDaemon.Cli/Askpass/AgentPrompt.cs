using System.Text;
using ClearanceDaemon.Cli.Commands;

namespace ClearanceDaemon.Cli.Askpass;

/// <summary>
/// What OpenSSH wants confirmed, read from the sentence it shows. For a key of ssh-agent that is <c>Allow use of key COMMENT?</c>,
/// <c>Key fingerprint FINGERPRINT.</c> and perhaps a line that says what for (ssh-agent.c, OpenSSH 9.2).
/// </summary>
internal static class AgentPrompt
{
    private const string KeyBefore = "Allow use of key ";
    private const string FingerprintBefore = "Key fingerprint ";

    /// <summary>
    /// Comments and purposes are others' words. A text in which they could pass for the fingerprint is not taken apart, and asks
    /// for <c>ssh.confirm</c>, which no rule for a key answers.
    /// </summary>
    public static AskDraft Draft(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length is not (2 or 3)
            || Between(lines[0], KeyBefore, '?') is not { } comment
            || Between(lines[1], FingerprintBefore, '.') is not { } fingerprint
            || !IsFingerprint(fingerprint)
            || (lines.Length == 3 && lines[2].Contains(FingerprintBefore, StringComparison.OrdinalIgnoreCase)))
        {
            return new AskDraft("ssh.confirm") { Details = [new Detail("text", text)] };
        }

        var details = new List<Detail> { new("comment", comment) };
        if (lines.Length == 3)
        {
            details.Add(new Detail("purpose", lines[2]));
        }

        return new AskDraft("ssh.sign") { Resource = fingerprint, Details = details };
    }

    private static string? Between(string line, string before, char after) =>
        line.Length > before.Length + 1 && line.StartsWith(before, StringComparison.Ordinal) && line[^1] == after ? line[before.Length..^1] : null;

    /// <summary><c>SHA256:</c> and base64 without padding, or another hash's name and its digits.</summary>
    private static bool IsFingerprint(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon is > 0 and < 16 && text.Length > colon + 1 && Ascii.IsValid(text)
            && text.AsSpan(0, colon).IndexOfAnyExcept(Letters) < 0 && text.AsSpan(colon + 1).IndexOfAnyExcept(Digits) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly System.Buffers.SearchValues<char> Digits =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/:");
}
