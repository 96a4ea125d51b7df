using System.Runtime.Versioning;

// File modes and sockets of Unix: the library works nowhere else.
[assembly: UnsupportedOSPlatform("windows")]
