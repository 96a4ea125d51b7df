using System.Runtime.Versioning;

// File modes and sockets of Unix: the daemon runs nowhere else.
[assembly: UnsupportedOSPlatform("windows")]
