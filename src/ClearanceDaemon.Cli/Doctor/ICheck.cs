namespace ClearanceDaemon.Cli.Doctor;

/// <summary>One question the doctor asks. It only looks: it mends, starts and removes nothing.</summary>
internal interface ICheck
{
    /// <summary>One or two words, the same in the report, in JSON and in the manual.</summary>
    string Name { get; }

    /// <summary>Looks, and tells what it found. What it throws becomes a finding of its own: it keeps no other check from looking.</summary>
    void Look(Patient patient, Findings findings);
}
