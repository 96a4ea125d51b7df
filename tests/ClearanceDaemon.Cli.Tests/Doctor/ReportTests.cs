using System.Globalization;
using System.Text;
using System.Text.Json;
using ClearanceDaemon.Cli.Doctor;
using ClearanceDaemon.Cli.Output;
using ClearanceDaemon.Cli.Tests.Output;

namespace ClearanceDaemon.Cli.Tests.Doctor;

/// <summary>How findings are kept and shown, whatever texts they hold.</summary>
public sealed class ReportTests
{
    [Fact]
    public void AReportIsALineForEachCheckAndItsFindings()
    {
        var findings = new Findings { Summary = "3 seen" };
        findings.Note("a", "odd");
        findings.Warn("b", "bad", "mend b");
        var silent = new Findings();
        silent.NotLooked("", "no light");
        Assert.Equal(
            """
            ok       one    all there
            warning  two    1 warning, 1 note; 3 seen
                note: a: odd
                warning: b: bad
                    do: mend b
            note     three  not looked at: no light
            1 warning, 2 notes

            """,
            Print([new CheckResult("one", "all there", []), findings.Result("two"), silent.Result("three")]));
        Assert.EndsWith("\nall is well\n", Print([new CheckResult("one", "", [])]));
    }

    [Fact]
    public void OfFindingsTheFirstAreKeptAndTheWorstCounts()
    {
        var findings = new Findings();
        for (var i = 0; i < Findings.Most; i++)
        {
            findings.Note($"{i}", "odd");
        }

        Assert.Equal(Findings.Most, findings.Result("x").Findings.Count);
        findings.Error("y", "bad", "mend it");
        findings.Note("z", "odd");
        var result = findings.Result("x");
        Assert.Equal((Findings.Most + 1, Severity.Error), (result.Findings.Count, result.Severity));
        Assert.Equal("2 more like these", result.Findings[^1].What);
    }

    [Fact]
    public void ACheckThatThrowsKeepsNoOtherFromLooking()
    {
        using var ward = new Ward();
        var results = ward.Look([new Broken(new IOException("gone.")), new Broken(new InvalidOperationException("unforeseen")), new Broken(null)]);
        Expect.One(results[0], Severity.Warning, "broke off: gone.");
        Expect.One(results[1], Severity.Warning, "unforeseen", "report");
        Expect.Well(results[2]);
    }

    [Theory]
    [InlineData("the directory has mode 0755, not 0700. Run: chmod 0700 /x", "the directory has mode 0755, not 0700", "chmod 0700 /x")]
    [InlineData("it is a FIFO, not a directory. Move it away, or choose another path.", "it is a FIFO, not a directory", "Move it away, or choose another path")]
    [InlineData("it is odd.", "it is odd", "look")]
    [InlineData("One. Two. Three", "One. Two", "Three")]
    public void ARefusalIsTakenApart(string refusal, string what, string next) => Assert.Equal(new Sentences(what, next), Sentences.Of(refusal, "look"));

    [Theory]
    [MemberData(nameof(HostileVerbsTests.Corpus), MemberType = typeof(HostileVerbsTests))]
    public void B45_AReportShowsNoControls(string name, string text)
    {
        var findings = new Findings { Summary = text };
        findings.Error(text, text, text);
        var results = new List<CheckResult> { findings.Result("x") };
        AssertClean(name, Print(results));
        AssertClean(name, Print(static (terminal, all) => terminal.Json(DoctorJson.Of(all, "1")), results));
    }

    [Theory]
    [MemberData(nameof(HostileVerbsTests.Corpus), MemberType = typeof(HostileVerbsTests))]
    public void B45_NamesOfFilesAndUnitsAreCleaned(string name, string text)
    {
        using var ward = new Ward().Open();
        ward.Offline = true;
        File.WriteAllText(ward.In("run/clearance/ask/" + text.Replace('/', '_')), "");
        ward.Program("clearanced", "exec /bin/cat " + ward.In("report"));
        File.WriteAllText(
            ward.In("report"),
            $$"""{"ok":false,"rules":0,"testsPassed":0,"testsFailed":[],"problems":[{"file":{{Json(text)}},"line":1,"column":1,"severity":"error","message":{{Json(text)}}}],"files":[{"path":{{Json("/r/" + text)}},"used":false,"why":{{Json(text)}}}]}""");
        ward.Program("systemctl", "exec /bin/cat " + ward.In("units"));
        File.WriteAllText(ward.In("units"), $"Id={text}\nLoadState={text}\nActiveState=failed\nResult={text}\nDropInPaths={text}\n");
        var report = Print(ward.Look(Examination.All));
        AssertClean(name, report);
        Assert.Contains("not read: ", report);
    }

    [Fact]
    public void HalfACharacterIsNoFault()
    {
        var findings = new Findings();
        findings.Note("a\ud800", "b\udc00");
        AssertClean("half", Print([findings.Result("x")]));
        Assert.NotEmpty(DoctorJson.Of([findings.Result("x")], "1"));
    }

    private static string Json(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static void AssertClean(string name, string shown)
    {
        Assert.NotEqual("", shown);
        foreach (var rune in shown.EnumerateRunes())
        {
            var plain = rune.Value == '\n' || !(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            Assert.True(plain, $"{name}: U+{rune.Value:X4} reached the output");
        }
    }

    private static string Print(List<CheckResult> results) => Print(DoctorReport.Print, results);

    private static string Print(Action<Terminal, List<CheckResult>> print, List<CheckResult> results)
    {
        using var output = new MemoryStream();
        var surroundings = new Surroundings
        {
            Out = output,
            Error = Stream.Null,
            OutIsTerminal = static () => false,
            ErrorIsTerminal = static () => false,
            Variable = static _ => null,
            Uid = 0,
            ExitOnInterrupt = static _ => null,
        };
        print(new Terminal(surroundings), results);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class Broken(Exception? fault) : ICheck
    {
        public string Name => "broken";

        public void Look(Patient patient, Findings findings)
        {
            if (fault is not null)
            {
                throw fault;
            }
        }
    }
}
