using System.Security.Cryptography;
using System.Text;

namespace ClearanceDaemon.Protocol.Tests;

public sealed class Sha256Tests
{
    // FIPS 180-4 examples, and short and long messages of NIST's SHAVS.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [InlineData("d3", "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1")]
    [InlineData("11af", "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98")]
    [InlineData("b4190e", "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2")]
    [InlineData("74ba2521", "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e")]
    [InlineData("c299209682", "f0887fe961c9cd3beab957e8222494abb969b1ce4c6557976df8b0f6d20e9166")]
    public void It_gives_the_published_hashes(string message, string hash) => Assert.Equal(hash, Ours(Convert.FromHexString(message)));

    [Fact]
    public void It_gives_the_published_hash_of_a_million_a()
    {
        var sha = new Sha256();
        var chunk = Encoding.ASCII.GetBytes(new string('a', 1000));
        for (var i = 0; i < 1000; i++)
        {
            sha.Append(chunk);
        }

        Assert.Equal("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", Finish(ref sha));
    }

    [Fact]
    public void It_agrees_with_the_base_library_at_every_length()
    {
        var random = new Random(3);
        for (var length = 0; length <= 300; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(data)), Ours(data));
        }

        var large = new byte[100_003];
        random.NextBytes(large);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(large)), Ours(large));
    }

    [Fact]
    public void Pieces_of_any_size_give_the_hash_of_the_whole()
    {
        var random = new Random(4);
        var data = new byte[1000];
        random.NextBytes(data);
        var whole = Convert.ToHexStringLower(SHA256.HashData(data));
        for (var round = 0; round < 300; round++)
        {
            var sha = new Sha256();
            for (int at = 0, length; at < data.Length; at += length)
            {
                length = Math.Min(random.Next(0, 200), data.Length - at);
                sha.Append(data.AsSpan(at, length));
            }

            Assert.Equal(whole, Finish(ref sha));
        }
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var data = new byte[300];
        HashTwice(data);
        var before = GC.GetAllocatedBytesForCurrentThread();
        HashTwice(data);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void HashTwice(byte[] data)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(data, hash);
        var sha = new Sha256();
        sha.Append(data);
        sha.Finish(hash);
    }

    private static string Ours(byte[] data)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        Sha256.Hash(data, hash);
        var sha = new Sha256();
        sha.Append(data);
        var text = Convert.ToHexStringLower(hash);
        Assert.Equal(text, Finish(ref sha));
        return text;
    }

    private static string Finish(ref Sha256 sha)
    {
        Span<byte> hash = stackalloc byte[Sha256.HashBytes];
        sha.Finish(hash);
        return Convert.ToHexStringLower(hash);
    }
}
