namespace ClearanceDaemon.Architecture;

/// <summary>A test as the table names it: <c>Class.Method</c> and the file below tests/.</summary>
internal sealed record RowTest(string Name, string File)
{
    public string Method => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public override string ToString() => $"`{Name}` ({File})";
}
