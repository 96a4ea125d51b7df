namespace ClearanceDaemon.Core.Audit;

/// <summary>Where the log stops being what was written.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Seq">The record's number, as far as it can be read.</param>
/// <param name="What">A sentence for a person.</param>
internal sealed record AuditBreak(string File, long Line, long? Seq, string What);
