namespace ClearanceDaemon.Core.Rules;

/// <summary>Where a rule is written. <see cref="Json"/> is its text within its file's bytes, kept unconverted because a big set is rarely read.</summary>
internal sealed record RuleOrigin(string File, int Line, int Column, ReadOnlyMemory<byte> Json);
