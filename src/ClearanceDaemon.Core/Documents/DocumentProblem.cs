namespace ClearanceDaemon.Core.Documents;

/// <summary>
/// Something wrong in a document. Line and column count from 1, columns in code points; both are 0 when the file as a
/// whole is meant.
/// </summary>
internal sealed record DocumentProblem(string File, int Line, int Column, DocumentSeverity Severity, string Message)
{
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}
