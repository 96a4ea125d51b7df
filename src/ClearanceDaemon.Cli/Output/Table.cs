namespace ClearanceDaemon.Cli.Output;

/// <summary>Rows whose columns line up. Colour comes after padding, so that escape sequences do not count as width.</summary>
internal sealed class Table
{
    private readonly List<SafeText[]> _rows = [];
    private readonly List<Colour?> _colours = [];

    public void Row(params ReadOnlySpan<SafeText> cells) => Row(null, cells);

    /// <param name="colour">Of the last column.</param>
    public void Row(Colour? colour, params ReadOnlySpan<SafeText> cells)
    {
        _rows.Add(cells.ToArray());
        _colours.Add(colour);
    }

    public void Print(Terminal terminal)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            var line = SafeText.None;
            for (var column = 0; column < _rows[i].Length; column++)
            {
                var last = column == _rows[i].Length - 1;
                var cell = last ? _rows[i][column] : _rows[i][column].Pad(Width(column));
                cell = last && _colours[i] is { } colour ? terminal.Paint(colour, cell) : cell;
                line = column == 0 ? cell : SafeText.Of($"{line}  {cell}");
            }

            terminal.Line($"{line}");
        }
    }

    /// <summary>The last cell of a row runs free and does not widen its column.</summary>
    private int Width(int column) => _rows.Where(row => row.Length > column + 1).Max(row => row[column].Length);
}
