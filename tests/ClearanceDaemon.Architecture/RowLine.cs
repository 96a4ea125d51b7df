namespace ClearanceDaemon.Architecture;

/// <summary>One line of tests/ROWS.md: the row, our words for it, and what covers it.</summary>
internal sealed record RowLine(int Row, string Words, string[] Entries);
