using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>What a typed handler answers: a value, or an error that the caller is told.</summary>
public readonly record struct Answer<TResult>
{
    private Answer(TResult? value, RpcError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The result; meaningful only without an <see cref="Error"/>.</summary>
    public TResult? Value { get; }

    /// <summary>The error, or null.</summary>
    public RpcError? Error { get; }

    /// <summary>A result.</summary>
    public static implicit operator Answer<TResult>(TResult value) => new(value, null);

    /// <summary>An error.</summary>
    public static implicit operator Answer<TResult>(RpcError error) => new(default, error);
}
