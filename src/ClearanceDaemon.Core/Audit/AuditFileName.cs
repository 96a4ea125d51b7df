using System.Globalization;

namespace ClearanceDaemon.Core.Audit;

/// <summary>
/// <c>2026-11.jsonl</c>, and when a month needs more files <c>2026-11.part0002.jsonl</c>: as <c>p</c> comes after <c>j</c>,
/// a plain listing in any locale, or <c>cat *.jsonl</c>, gives the records in order.
/// </summary>
internal readonly record struct AuditFileName(int Year, int Month, int Part) : IComparable<AuditFileName>
{
    private const string Suffix = ".jsonl";
    private const string PartMark = ".part";

    public static bool TryParse(string name, out AuditFileName result)
    {
        result = default;
        if (name.Length < 13 || name[4] != '-' || !name.EndsWith(Suffix, StringComparison.Ordinal)
            || !Number(name.AsSpan(0, 4), out var year) || !Number(name.AsSpan(5, 2), out var month) || month is < 1 or > 12)
        {
            return false;
        }

        var middle = name.AsSpan(7, name.Length - 7 - Suffix.Length);
        var part = 1;
        if (!middle.IsEmpty
            && (!middle.StartsWith(PartMark, StringComparison.Ordinal) || !Number(middle[PartMark.Length..], out part) || part < 2))
        {
            return false;
        }

        result = new AuditFileName(year, month, part);
        return result.ToString() == name;
    }

    /// <summary>The file after this one for a record of that month; a clock set back stays in the newest month.</summary>
    public AuditFileName Next(int year, int month) =>
        Precedes(year, month) ? new AuditFileName(year, month, 1) : this with { Part = Part + 1 };

    public bool Precedes(int year, int month) => (Year, Month).CompareTo((year, month)) < 0;

    public int CompareTo(AuditFileName other) => (Year, Month, Part).CompareTo((other.Year, other.Month, other.Part));

    public override string ToString() => Part <= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}{Suffix}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Month:D2}{PartMark}{Part:D4}{Suffix}");

    private static bool Number(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
