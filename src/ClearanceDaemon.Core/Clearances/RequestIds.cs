using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClearanceDaemon.Core.Native;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Clearances;

/// <summary>
/// Unguessable ids, 128 random bits each, taken from the kernel many at a time. Asks for them directly where it can: the
/// BCL's generator loads OpenSSL, which costs more than all else a start does.
/// </summary>
internal sealed unsafe class RequestIds
{
    private readonly byte[] _random = new byte[256];
    private int _used = 256;

    public RequestId Next()
    {
        if (_used == _random.Length)
        {
            Fill();
            _used = 0;
        }

        var id = new RequestId(_random.AsSpan(_used, 16));
        _random.AsSpan(_used, 16).Clear();
        _used += 16;
        return id;
    }

    private void Fill()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomNumberGenerator.Fill(_random);
            return;
        }

        // getrandom(2): requests of up to 256 bytes are never cut short once the kernel is seeded.
        fixed (byte* start = _random)
        {
            if (LibC.getrandom(start, (nuint)_random.Length, 0) != _random.Length)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "getrandom failed");
            }
        }
    }
}
