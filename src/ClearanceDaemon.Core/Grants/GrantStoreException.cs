namespace ClearanceDaemon.Core.Grants;

/// <summary>The grants on disk cannot be used; the message names the path and says what to do.</summary>
internal sealed class GrantStoreException(string message) : Exception(message);
