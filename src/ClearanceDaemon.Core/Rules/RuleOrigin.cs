namespace ClearanceDaemon.Core.Rules;

/// <summary>Where a rule is written: line and column from 1, its first byte, and its text within the file's bytes, kept unconverted because a big set is rarely read.</summary>
internal sealed record RuleOrigin(string File, int Line, int Column, int Offset, ReadOnlyMemory<byte> Json);
