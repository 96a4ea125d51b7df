using ClearanceDaemon.Core.Transport;

namespace ClearanceDaemon.Conformance;

/// <summary>A turn whose records are a counter and whose commits can be made to fail.</summary>
internal sealed class ScriptedTurn : ITurn
{
    private int _pending;

    public bool HasUncommitted => _pending > 0;

    public bool IsFull => _pending >= FullAt;

    public int FullAt { get; set; } = int.MaxValue;

    public bool Fails { get; set; }

    public int Begun { get; private set; }

    public int Commits { get; private set; }

    /// <summary>Every record ever written.</summary>
    public int Written { get; private set; }

    public void Record() => _pending++;

    public void Begin() => Begun++;

    public bool Commit()
    {
        if (_pending > 0)
        {
            Commits++;
            Written += Fails ? 0 : _pending;
            _pending = 0;
            return !Fails;
        }

        return true;
    }
}
