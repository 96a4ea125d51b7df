namespace ClearanceDaemon.Core.External;

/// <summary>What a handler is sent.</summary>
/// <param name="Params">The line's <c>params</c>, JSON.</param>
/// <param name="Digest">What its answer must cite.</param>
/// <param name="IsTest">Nothing follows from the answer.</param>
internal sealed record HandlerRequest(byte[] Params, string Digest, bool IsTest);
