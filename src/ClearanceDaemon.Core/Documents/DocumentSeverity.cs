namespace ClearanceDaemon.Core.Documents;

/// <summary>Whether a problem keeps the document from being used.</summary>
internal enum DocumentSeverity : byte
{
    Error,
    Warning,
}
