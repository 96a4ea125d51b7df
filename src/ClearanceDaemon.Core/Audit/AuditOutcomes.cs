namespace ClearanceDaemon.Core.Audit;

/// <summary>Remembers which of the last batches of records reached the file: one bit each, in a ring.</summary>
internal sealed class AuditOutcomes
{
    private readonly ulong[] _written = new ulong[AuditLimits.KnownBatches / 64];

    /// <summary>The batch that is not finished yet, counted from 1.</summary>
    public long Current { get; private set; } = 1;

    public void Finish(bool written)
    {
        ref var word = ref Word(Current);
        word = written ? word | Bit(Current) : word & ~Bit(Current);
        Current++;
    }

    /// <summary>Null before the batch is finished; false also for one too old to be known.</summary>
    public bool? Written(long batch)
    {
        if (batch >= Current)
        {
            return null;
        }

        return batch > 0 && Current - batch <= AuditLimits.KnownBatches && (Word(batch) & Bit(batch)) != 0;
    }

    private static ulong Bit(long batch) => 1UL << (int)(batch % 64);

    private ref ulong Word(long batch) => ref _written[batch / 64 % _written.Length];
}
