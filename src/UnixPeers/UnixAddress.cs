using System.Globalization;
using System.Text;
using UnixPeers.Native;

namespace UnixPeers;

/// <summary>
/// The address of a Unix socket: an absolute path, or on Linux a name in the abstract namespace, which is bytes and has
/// no file. Immutable; an instance is always valid (step 1 of the ritual, see unix(7)).
/// </summary>
public sealed class UnixAddress : IEquatable<UnixAddress>
{
    /// <summary>Above this many bytes a path does not fit every Unix (92 with the closing NUL): worth a warning.</summary>
    public const int WarnPathBytes = 91;

    private const string DefaultLabel = "socket";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _name;

    private UnixAddress(byte[] name, string? path)
    {
        _name = name;
        Path = path;
    }

    /// <summary>The longest path in bytes: 107 on Linux, 103 on macOS (sun_path without the closing NUL).</summary>
    public static int MaxPathBytes => SystemNumbers.Current.SunPathBytes - 1;

    /// <summary>Whether this is a name in the abstract namespace.</summary>
    public bool IsAbstract => Path is null;

    /// <summary>The absolute path, or null for an abstract name.</summary>
    public string? Path { get; }

    /// <summary>The abstract name without its leading NUL; empty for a path.</summary>
    public ReadOnlyMemory<byte> AbstractName => IsAbstract ? _name : default;

    /// <summary>The bytes of the path or of the abstract name.</summary>
    internal ReadOnlySpan<byte> Name => _name;

    /// <summary>Takes an absolute path of a socket.</summary>
    /// <exception cref="UnixSocketException">InvalidAddress: empty, relative, with NUL, not valid Unicode, naming a directory, or too long.</exception>
    public static UnixAddress FromPath(string path) => FromPath(path, DefaultLabel);

    /// <summary>As <see cref="FromPath(string)"/>, with the caller's own name for the socket in the error.</summary>
    public static UnixAddress FromPath(string path, string label)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw Invalid(label, Printable(path), "the path holds a NUL byte. Give a path without it.");
        }

        if (!path.StartsWith('/'))
        {
            throw Invalid(label, Printable(path), "the path is not absolute. Give the whole path, from / on.");
        }

        var last = System.IO.Path.GetFileName(path);
        if (last is "" or "." or "..")
        {
            throw Invalid(label, Printable(path), "the path names a directory. Add the name of the socket.");
        }

        var bytes = Encode(path, label);
        if (bytes.Length > MaxPathBytes)
        {
            throw Invalid(label, Printable(path), $"the path has {bytes.Length} bytes, the system allows {MaxPathBytes}. Choose a shorter path.");
        }

        return new UnixAddress(bytes, path);
    }

    /// <summary>Takes an abstract name of 1 to 107 bytes, without the leading NUL (Linux only). The bytes are copied.</summary>
    /// <exception cref="UnixSocketException">InvalidAddress: empty, too long, or not Linux.</exception>
    public static UnixAddress FromAbstract(ReadOnlySpan<byte> name)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw Invalid(DefaultLabel, Printable(name), "abstract names exist on Linux only. Give a path.");
        }

        if (name.IsEmpty || name.Length > MaxPathBytes)
        {
            throw Invalid(DefaultLabel, Printable(name), $"an abstract name has 1 to {MaxPathBytes} bytes, this one {name.Length}. Choose another name.");
        }

        return new UnixAddress(name.ToArray(), null);
    }

    /// <summary>
    /// Reads <c>@NAME</c> as an abstract name, where <c>\xNN</c> stands for a byte, and anything else as a path.
    /// <see cref="ToString"/> of an abstract name is read back as the same name.
    /// </summary>
    /// <exception cref="UnixSocketException">InvalidAddress, as of <see cref="FromPath(string)"/> and <see cref="FromAbstract"/>.</exception>
    public static UnixAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith('@') ? FromAbstract(Unescape(Encode(text[1..], DefaultLabel))) : FromPath(text);
    }

    /// <summary>The path, or <c>@name</c>; what is not printable is shown as <c>\xNN</c>.</summary>
    public override string ToString() => Path is null ? Printable(_name) : Printable(Path);

    /// <inheritdoc/>
    public bool Equals(UnixAddress? other) => other is not null && IsAbstract == other.IsAbstract && Name.SequenceEqual(other.Name);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UnixAddress);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(IsAbstract);
        hash.AddBytes(_name);
        return hash.ToHashCode();
    }

    /// <summary>The address as the kernel wants it.</summary>
    internal byte[] ToSocketAddress() => SocketAddressBytes.Encode(_name, IsAbstract, SystemNumbers.Current);

    private static UnixSocketException Invalid(string label, string path, string explanation) =>
        new(UnixSocketFault.InvalidAddress, label, path, explanation);

    private static byte[] Encode(string text, string label)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Invalid(label, Printable(text), "the text is not valid Unicode. Give it again, or choose another name.");
        }
    }

    private static byte[] Unescape(byte[] text)
    {
        var name = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 3 < text.Length && text[i] == '\\' && text[i + 1] == 'x'
                && byte.TryParse(text.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                name.Add(value);
                i += 3;
            }
            else
            {
                name.Add(text[i]);
            }
        }

        return [.. name];
    }

    private static string Printable(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder("@");
        foreach (var b in name)
        {
            _ = b is > 0x20 and < 0x7F and not (byte)'\\' ? text.Append((char)b) : text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        }

        return text.ToString();
    }

    private static string Printable(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            _ = char.IsControl(c) ? text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : text.Append(c);
        }

        return text.ToString();
    }
}
