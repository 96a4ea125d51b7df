namespace ClearanceDaemon.Cli.Doctor;

/// <summary>What one check finds while it looks.</summary>
internal sealed class Findings
{
    /// <summary>Findings of one check that are kept, so that a thousand bad files leave the rest of the report readable.</summary>
    public const int Most = 20;

    private readonly List<Finding> _kept = [];
    private Severity _worstLeftOut;
    private int _leftOut;

    /// <summary>What the check saw that is well, for its line.</summary>
    public string Summary { get; set; } = "";

    public void Note(string subject, string what, string? next = null) => Add(new(Severity.Note, subject, what, next));

    public void Warn(string subject, string what, string next) => Add(new(Severity.Warning, subject, what, next));

    public void Error(string subject, string what, string next) => Add(new(Severity.Error, subject, what, next));

    /// <summary>The check, or a part of it, could not look.</summary>
    public void NotLooked(string subject, string why) => Note(subject, $"not looked at: {why}");

    public CheckResult Result(string name)
    {
        var all = _leftOut == 0 ? _kept : [.. _kept, new Finding(_worstLeftOut, "", $"{_leftOut} more like these", "mend these first, then look again")];
        return new CheckResult(name, Summary, all);
    }

    private void Add(Finding finding)
    {
        if (_kept.Count < Most)
        {
            _kept.Add(finding);
            return;
        }

        _leftOut++;
        _worstLeftOut = (Severity)Math.Max((int)_worstLeftOut, (int)finding.Severity);
    }
}
