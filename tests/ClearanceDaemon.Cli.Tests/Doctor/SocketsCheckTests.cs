using System.Net.Sockets;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Doctor.Checks;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>The doors and their directories.</summary>
public sealed class SocketsCheckTests : IDisposable
{
    private readonly Ward _ward = new();

    public void Dispose() => _ward.Dispose();

    [Fact]
    public void DoorsThatOneDaemonOpensAreWell()
    {
        var result = _ward.Open().Look(new SocketsCheck());
        Expect.Well(result);
        Assert.Equal("2 of 2 listen: ask, operator", result.Summary);
    }

    [Fact]
    public void OfflineConnectsToNone()
    {
        _ward.Offline = true;
        Expect.Well(_ward.Open().Look(new SocketsCheck()));
        Assert.True(_ward.Look(Examination.All).Count > 10);
        Assert.Empty(_ward.LinesHeard);
    }

    [Fact]
    public void MissingDoorsAreErrors()
    {
        var result = _ward.Look(new SocketsCheck());
        Assert.Equal(2, result.Findings.Count);
        Expect.Some(result, Severity.Error, _ward.Ask, "not there", "systemctl --user enable --now");
        Expect.Some(result, Severity.Error, _ward.Operator, "not there");
    }

    [Fact]
    public void NoPlaceIsANote()
    {
        _ward.RuntimeFault = new UnixPeers.UnixSocketException(UnixPeers.UnixSocketFault.Refused, "x", "/x", "no.");
        Expect.NotLooked(_ward.Look(new SocketsCheck()), "there is no place");
    }

    [Fact]
    public void ADoorThatOthersCanOpenIsAnError()
    {
        _ward.Open();
        File.SetUnixFileMode(_ward.Operator, (UnixFileMode)0b110_110_110);
        Expect.One(_ward.Look(new SocketsCheck()), Severity.Error, _ward.Operator, "0666");
    }

    [Fact]
    public void ADirectoryThatOthersCanEnterIsAnError()
    {
        _ward.Open();
        File.SetUnixFileMode(_ward.In("run/clearance/ask"), (UnixFileMode)0b111_101_101);
        Expect.One(_ward.Look(new SocketsCheck()), Severity.Error, _ward.In("run/clearance/ask"), "chmod 0700");
    }

    [Fact]
    public void WhatIsNoSocketIsAnError()
    {
        _ward.Open("operator");
        Directory.CreateDirectory(_ward.In("run/clearance/ask"), Ward.Private);
        File.WriteAllText(_ward.Ask, "");
        Expect.One(_ward.Look(new SocketsCheck()), Severity.Error, _ward.Ask, "a regular file, not a socket");
    }

    [Fact]
    public void ADeadSocketIsAnError()
    {
        _ward.Open("operator");
        Directory.CreateDirectory(_ward.In("run/clearance/ask"), Ward.Private);
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(_ward.Ask));
        File.SetUnixFileMode(_ward.Ask, Ward.PrivateFile);
        Expect.One(_ward.Look(new SocketsCheck()), Severity.Error, _ward.Ask, "nobody listens");
    }

    [Fact]
    public void B70_WhoAnswersInTheDaemonsPlaceIsAnError()
    {
        _ward.Intruder = 77;
        Expect.One(_ward.Open().Look(new SocketsCheck()), Severity.Error, _ward.Ask, "process 77 answers here", "somebody else answers for the daemon");
    }

    [Fact]
    public void ADaemonThatRefusesIsAnError()
    {
        _ward.Refusing = static exchange => exchange.Error(-32008, "unavailable", "the daemon could not start: clearanced.json:3:1");
        var result = _ward.Open().Look(new SocketsCheck());
        Assert.Equal(2, result.Findings.Count);
        Expect.Some(result, Severity.Error, _ward.Ask, "could not start");
    }

    [Fact]
    public void ANamedSocketThatIsGoneIsANote()
    {
        Directory.CreateDirectory(_ward.In("run/clearance/ask.d/claude"), Ward.Private);
        Expect.One(_ward.Open().Look(new SocketsCheck()), Severity.Note, "ask.d/claude/clearance.sock", "left for mounts");
    }

    [Fact]
    public void B70_ADirectoryHoldsItsSocketAlone()
    {
        Expect.Well(_ward.Open().Look(new SocketDirectoriesCheck()));
        File.WriteAllText(_ward.In("run/clearance/ask/lock"), "");
        Expect.One(_ward.Look(new SocketDirectoriesCheck()), Severity.Warning, _ward.In("run/clearance/ask/lock"), "every sandbox");
    }

    [Fact]
    public void B70_NamedDirectoriesToo()
    {
        Directory.CreateDirectory(_ward.In("run/clearance/ask.d/claude/more"), Ward.Private);
        File.WriteAllText(_ward.In("run/clearance/ask.d/file"), "");
        Directory.CreateDirectory(_ward.In("run/clearance/ask.d/\e[31mRED"), Ward.Private);
        var result = _ward.Open().Look(new SocketDirectoriesCheck());
        Assert.Equal(3, result.Findings.Count);
        Expect.Some(result, Severity.Warning, "ask.d/claude/more");
        Expect.Some(result, Severity.Warning, "ask.d/file", "not the directory of a named ask socket");
    }

    [Fact]
    public void OfAChosenDirectoryNothingIsAsked()
    {
        _ward.ByHand = true;
        Directory.CreateDirectory(_ward.In("run/clearance/ask.d"), Ward.Private);
        File.WriteAllText(_ward.In("run/clearance/ask.d/file"), "");
        Expect.Well(_ward.Open().Look(new SocketDirectoriesCheck()));
    }
}
