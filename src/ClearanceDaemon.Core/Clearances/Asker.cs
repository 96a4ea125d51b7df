namespace ClearanceDaemon.Core.Clearances;

/// <summary>Where an ask came from, as far as the desk cares.</summary>
/// <param name="Connection">Stands for the connection; compared by reference.</param>
/// <param name="Request">The request's id token on that connection.</param>
/// <param name="Pid">The asking process, verified at accept, for the record.</param>
internal readonly record struct Asker(object Connection, byte[]? Request, int? Pid);
