using System.Text.Json.Serialization.Metadata;

namespace ClearanceDaemon.Protocol;

/// <summary>A method's name and the shapes of what goes in and comes out.</summary>
/// <typeparam name="TParams">What goes in.</typeparam>
/// <typeparam name="TResult">What comes out.</typeparam>
/// <param name="Name">The name on the wire.</param>
/// <param name="Params">How the parameters are written.</param>
/// <param name="Result">How the result is read.</param>
public sealed record RpcMethod<TParams, TResult>(string Name, JsonTypeInfo<TParams> Params, JsonTypeInfo<TResult> Result);
