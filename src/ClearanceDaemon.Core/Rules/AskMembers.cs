using System.Text;

namespace ClearanceDaemon.Core.Rules;

/// <summary>
/// What one ask says, as decoded UTF-8 in one growing array: all that a rule may look at and all that the digest covers.
/// One instance is refilled request after request without allocation; an ask that must outlive its request is a
/// <see cref="Copy"/>. Members that were not sent are absent, which is not the same as empty.
/// </summary>
internal sealed class AskMembers
{
    private static readonly int MemberCount = Enum.GetValues<AskMember>().Length;
    private readonly Slice[] _members = new Slice[MemberCount];
    private readonly List<Slice> _argv = [];
    private readonly List<Detail> _details = [];
    private byte[] _text = new byte[512];
    private int _length;

    public AskMembers() => Clear();

    /// <summary>The asker's verified uid.</summary>
    public uint Uid { get; set; }

    /// <summary>Bytes of all texts together.</summary>
    public int Bytes => _length;

    public bool HasArgv { get; set; }

    public int ArgvCount => _argv.Count;

    public bool HasDetails { get; set; }

    public int DetailCount => _details.Count;

    public ReadOnlySpan<byte> Action => this[AskMember.Action];

    public ReadOnlySpan<byte> Resource => this[AskMember.Resource];

    public ReadOnlySpan<byte> Via => this[AskMember.Via];

    /// <summary>A member's text; empty when it is absent, so ask <see cref="Has"/> where that matters.</summary>
    public ReadOnlySpan<byte> this[AskMember member] => Text(_members[(int)member]);

    public bool Has(AskMember member) => _members[(int)member].Start >= 0;

    public ReadOnlySpan<byte> Argv(int index) => Text(_argv[index]);

    public ReadOnlySpan<byte> DetailName(int index) => Text(_details[index].Name);

    public DetailKind DetailKind(int index) => _details[index].Kind;

    /// <summary>The value of a string detail.</summary>
    public ReadOnlySpan<byte> DetailText(int index) => Text(_details[index].Value);

    /// <summary>The value of an integer detail, or 0 and 1 for a bool.</summary>
    public long DetailNumber(int index) => _details[index].Number;

    public void Clear()
    {
        _members.AsSpan().Fill(Slice.Absent);
        _argv.Clear();
        _details.Clear();
        HasArgv = HasDetails = false;
        _length = 0;
        Uid = 0;
    }

    public void Set(AskMember member, ReadOnlySpan<byte> text) => _members[(int)member] = Store(text);

    public void AddArgv(ReadOnlySpan<byte> element)
    {
        HasArgv = true;
        _argv.Add(Store(element));
    }

    public void AddDetail(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        HasDetails = true;
        _details.Add(new(Store(name), Rules.DetailKind.String, Store(value), 0));
    }

    public void AddDetail(ReadOnlySpan<byte> name, DetailKind kind, long number)
    {
        HasDetails = true;
        _details.Add(new(Store(name), kind, Slice.Absent, number));
    }

    public AskMembers Copy()
    {
        var copy = new AskMembers { Uid = Uid, HasArgv = HasArgv, HasDetails = HasDetails, _text = _text.AsSpan(0, _length).ToArray(), _length = _length };
        _members.CopyTo(copy._members, 0);
        copy._argv.AddRange(_argv);
        copy._details.AddRange(_details);
        return copy;
    }

    public override string ToString() => Encoding.UTF8.GetString(Action) + " " + Encoding.UTF8.GetString(Resource);

    private ReadOnlySpan<byte> Text(Slice slice) => slice.Start < 0 ? default : _text.AsSpan(slice.Start, slice.Length);

    private Slice Store(ReadOnlySpan<byte> text)
    {
        if (_text.Length - _length < text.Length)
        {
            Array.Resize(ref _text, Math.Max(_length + text.Length, _text.Length * 2));
        }

        text.CopyTo(_text.AsSpan(_length));
        var slice = new Slice(_length, text.Length);
        _length += text.Length;
        return slice;
    }

    private readonly record struct Slice(int Start, int Length)
    {
        public static readonly Slice Absent = new(-1, 0);
    }

    private readonly record struct Detail(Slice Name, DetailKind Kind, Slice Value, long Number);
}
