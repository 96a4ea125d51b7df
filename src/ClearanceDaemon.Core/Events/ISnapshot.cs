using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Events;

/// <summary>The asks that waited at one moment, one after the other: those that ended since are passed over.</summary>
internal interface ISnapshot
{
    /// <summary>Writes the data of the next ask; false when there is none.</summary>
    bool TryNext(LineBuffer data, out RequestId id);
}
