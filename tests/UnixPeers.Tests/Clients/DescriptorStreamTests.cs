using System.Net.Sockets;
using UnixPeers.Tests.Listeners;

namespace UnixPeers.Tests.Clients;

/// <summary>The blocking stream of short programs: whole writes, reads that wait, errors instead of signals.</summary>
public sealed class DescriptorStreamTests : IDisposable
{
    private const int MoreThanASocketHolds = 4 * 1024 * 1024;

    private readonly TempDirectory _directory = new();
    private readonly DescriptorStream _stream;
    private readonly Socket _other;

    public DescriptorStreamTests()
    {
        using var listener = _directory.Bind();
        var handle = NativeSocket.Create(nonBlocking: true);
        Assert.Equal(0, NativeSocket.Connect(handle, listener.Address));
        _stream = new DescriptorStream(handle);
        _other = new Socket(NativeSocket.Accept(listener.Handle));
    }

    public void Dispose()
    {
        _stream.Dispose();
        _other.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_write_waits_for_a_slow_reader_and_loses_nothing()
    {
        var sent = new byte[MoreThanASocketHolds];
        Random.Shared.NextBytes(sent);
        var writing = Task.Run(() => _stream.Write(sent, 0, sent.Length));
        var received = new byte[sent.Length];
        var count = 0;
        while (count < received.Length)
        {
            count += _other.Receive(received.AsSpan(count, Math.Min(1000, received.Length - count)));
        }

        await writing.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(sent.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task A_read_waits_for_the_first_byte_and_ends_with_the_peer()
    {
        var bytes = new byte[10];
        var reading = Task.Run(() => _stream.Read(bytes, 0, bytes.Length));
        _other.Send("abc"u8);
        Assert.Equal(3, await reading.WaitAsync(TimeSpan.FromSeconds(30)));
        reading = Task.Run(() => _stream.Read(bytes, 0, bytes.Length));
        _other.Dispose();
        Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Writing_to_a_peer_that_left_is_an_error_and_no_signal()
    {
        _other.Dispose();
        var error = Assert.Throws<IOException>(() => _stream.Write("x"u8));
        Assert.Contains("Broken pipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_a_stream_without_a_position()
    {
        Assert.True(_stream is { CanRead: true, CanWrite: true, CanSeek: false });
        Assert.Throws<NotSupportedException>(() => _stream.Length);
        Assert.Throws<NotSupportedException>(() => _stream.Position);
        Assert.Throws<NotSupportedException>(() => _stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => _stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => _stream.SetLength(0));
        _stream.Flush();
    }

    [Fact]
    public void After_dispose_it_is_closed()
    {
        _stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _stream.Read(new byte[1]));
        Assert.Equal(0, _other.Receive(new byte[1]));
    }
}
