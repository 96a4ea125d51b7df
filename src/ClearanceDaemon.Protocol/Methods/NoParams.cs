namespace ClearanceDaemon.Protocol.Methods;

/// <summary>The parameters of a method that takes none: an empty object.</summary>
public sealed record NoParams;
