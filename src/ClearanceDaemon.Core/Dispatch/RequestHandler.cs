using System.Text.Json.Serialization.Metadata;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>A handler with typed parameters and a typed result: parameters that do not fit are answered <c>invalid_params</c>.</summary>
/// <param name="method">The method's full name.</param>
/// <param name="callers">On which sockets it exists.</param>
/// <param name="paramsType">How the parameters are read; make the context strict (see <see cref="ProtocolJson"/>).</param>
/// <param name="resultType">How the result is written.</param>
public abstract class RequestHandler<TParams, TResult>(
    string method, CallerRoles callers, JsonTypeInfo<TParams> paramsType, JsonTypeInfo<TResult> resultType) : IRequestHandler
{
    /// <inheritdoc/>
    public string Method => method;

    /// <inheritdoc/>
    public CallerRoles Callers => callers;

    /// <inheritdoc/>
    public async ValueTask HandleAsync(RequestContext request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!Parameters.TryRead(request, paramsType, method, out var parameters))
        {
            return;
        }

        var answer = await HandleAsync(parameters, request.Caller, request.Aborted);
        if (answer.Error is { } error)
        {
            request.Fail(error.Code, error.Message, error.Member, error.RetryAfter);
        }
        else
        {
            request.Succeed(answer.Value!, resultType);
        }
    }

    /// <summary>Answers one request.</summary>
    /// <param name="parameters">What was asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="aborted">Cancelled when the caller is gone.</param>
    protected abstract ValueTask<Answer<TResult>> HandleAsync(TParams parameters, Caller caller, CancellationToken aborted);
}
