namespace ClearanceDaemon.Cli.Doctor;

/// <summary>One mount as /proc/PID/mountinfo tells of it (proc_pid_mountinfo(5)).</summary>
/// <param name="Id">The mount's number in its namespace.</param>
/// <param name="Parent">That of the mount it is on.</param>
/// <param name="Device">major:minor of the file system.</param>
/// <param name="Root">What of the file system is mounted.</param>
/// <param name="Point">Where, as its processes see it.</param>
/// <param name="IsWritable">Neither the mount nor the file system is read-only.</param>
internal sealed record MountEntry(int Id, int Parent, string Device, string Root, string Point, bool IsWritable);
