using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Dispatch;

/// <summary>Which methods exist, and who may call them: the one answer to both.</summary>
public sealed class MethodTable
{
    private readonly Dictionary<byte[], MethodEntry> _entries = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], MethodEntry>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <summary>Builds the table.</summary>
    /// <exception cref="InvalidOperationException">Two handlers claim one method, or one serves nobody.</exception>
    public MethodTable(IEnumerable<IRequestHandler> handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        foreach (var handler in handlers)
        {
            Add(handler);
        }

        _lookup = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Every method with its callers, by name.</summary>
    public IEnumerable<(string Method, CallerRoles Callers)> Methods =>
        _entries.Values.Select(static entry => (entry.Handler.Method, entry.Handler.Callers)).OrderBy(static entry => entry.Method, StringComparer.Ordinal);

    /// <summary>
    /// Finds the handler of a method for a role. A method that exists for others only is not found either: an asker
    /// learns nothing about the operator's methods.
    /// </summary>
    public bool TryFind(ReadOnlySpan<byte> method, CallerRoles role, [NotNullWhen(true)] out IRequestHandler? handler)
    {
        handler = Find(method, role)?.Handler;
        return handler is not null;
    }

    internal bool Has(string method) => _entries.ContainsKey(Encoding.UTF8.GetBytes(method));

    internal MethodEntry? Find(ReadOnlySpan<byte> method, CallerRoles role) =>
        _lookup.TryGetValue(method, out var entry) && entry.Serves(method, role) ? entry : null;

    private void Add(IRequestHandler handler)
    {
        if (!ActionName.IsValid(Encoding.UTF8.GetBytes(handler.Method)) || handler.Callers == CallerRoles.None)
        {
            throw new InvalidOperationException(
                $"{handler.GetType()} names the method '{handler.Method}' for {handler.Callers}: a method is dotted lower-case words and serves someone");
        }

        var name = Encoding.UTF8.GetBytes(handler.Method);
        if (!_entries.TryAdd(name, new(name, handler)))
        {
            throw new InvalidOperationException(
                $"the method {handler.Method} has two handlers, {_entries[name].Handler.GetType()} and {handler.GetType()}: remove one of them");
        }
    }
}
