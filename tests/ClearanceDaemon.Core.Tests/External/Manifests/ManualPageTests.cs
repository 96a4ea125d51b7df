using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ClearanceDaemon.Core.External;
using ClearanceDaemon.Core.External.Manifests;
using ClearanceDaemon.Protocol;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>What clearance-handlers(5) tells people to write is what is understood.</summary>
public sealed class ManualPageTests
{
    [Fact]
    public void Every_member_is_described()
    {
        foreach (var member in ManifestReader.Members.Concat(ManifestRolesReader.Members))
        {
            Assert.Contains($"\n.It Li {member}\n", ManualPage.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Limits_and_defaults_are_ours()
    {
        foreach (var sentence in (string[])
        [
            $"A manifest has at most {ManifestLimits.FileBytes} bytes, and at most {ManifestLimits.Handlers} handlers are used.",
            $"1 to {ManifestLimits.NameLength} of a", $"in at most {ManifestLimits.DescriptionBytes} bytes", $"1 to {ManifestLimits.ExecElements} strings",
            $"a duration of 1ms to {Duration.Format(ManifestLimits.MostDeadline)}. The default is {Duration.Format(ManifestLimits.DefaultDeadline)}.",
            $"{ManifestLimits.LeastOutput} to {ManifestLimits.MostOutput}, by default {ManifestLimits.DefaultMaxOutput}.",
            $"1 to {ManifestLimits.MostConcurrency}, by default {ManifestLimits.DefaultConcurrency}.",
            $"Up to {ManifestLimits.Variables} names of variables", $"An object of up to {ManifestLimits.Methods} methods", $"Up to {ManifestLimits.Patterns} patterns of actions",
            $"at most {HandlerPort.MostWaiting} of them.",
            $"failed {Breaker.FreeFailures + 1} times in a row rests for {Duration.Format(Breaker.FirstRest)}", $"twice as long, {Duration.Format(Breaker.LongestRest)} at most",
            $"From {Breaker.BreaksAt} failures in a row on",
        ])
        {
            Assert.Contains(sentence, ManualPage.Text.Replace('\n', ' '), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void B60_the_digest_of_each_example_is_that_of_its_request_as_it_stands()
    {
        var requests = ManualPage.Lines.Where(static line => line.Contains("\"params\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, requests.Count);
        foreach (var line in requests)
        {
            using var json = JsonDocument.Parse(line);
            var parameters = json.RootElement.GetProperty("params");
            var request = Encoding.UTF8.GetBytes(parameters.GetProperty("request").GetRawText());
            Assert.Equal("sha256:" + Hex.Text(SHA256.HashData(request)), parameters.GetProperty("digest").GetString());
            var canonical = new LineBuffer();
            Assert.True(CanonicalJson.TryWrite(canonical, request));
            Assert.Equal(canonical.Written, request);
        }
    }

    [Fact]
    public void Every_result_cites_the_digest_of_its_request()
    {
        var digests = new Dictionary<int, string?>();
        foreach (var line in ManualPage.Lines)
        {
            using var json = JsonDocument.Parse(line);
            var id = json.RootElement.GetProperty("id").GetInt32();
            if (json.RootElement.TryGetProperty("params", out var parameters))
            {
                digests.Add(id, parameters.GetProperty("digest").GetString());
            }
            else if (json.RootElement.TryGetProperty("result", out var result))
            {
                Assert.Equal(digests[id], result.GetProperty("digest").GetString());
            }
        }

        Assert.Equal([1, 2, 3], digests.Keys);
    }

    [Fact]
    public void The_manifest_of_the_example_is_good()
    {
        var manifest = ManifestText.Read(string.Join('\n', Assert.Single(ManualPage.Examples, static lines => lines.Any(static line => line.Contains("\"exec\"", StringComparison.Ordinal)))));
        Assert.Equal(["/home/ada/bin/hello"], manifest.Exec);
    }

    [Fact]
    public void The_handler_of_the_example_answers_as_the_page_says()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "there is no /usr/bin/python3");
        var program = string.Join('\n', Assert.Single(ManualPage.Examples, static lines => lines[0].StartsWith("#!", StringComparison.Ordinal)));
        using var handler = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        handler.StandardInput.WriteLine(ManualPage.Lines[0]);
        var answer = handler.StandardOutput.ReadLine()!;
        handler.StandardInput.Close();
        handler.WaitForExit();
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(ManualPage.Lines[1]).RootElement, JsonDocument.Parse(answer).RootElement), answer);
        Assert.Equal(0, handler.ExitCode);
    }

    [Fact]
    public void B40_what_is_never_handed_on_is_named()
    {
        Assert.All(VariableName.Withheld, static name => Assert.Matches($@"(?m)^\.Ev .*{Regex.Escape(name)}", ManualPage.Text));
        Assert.All(VariableName.Withheld, static name => Assert.True(VariableName.IsWithheld(name.Replace("*", "PID", StringComparison.Ordinal))));
        Assert.All((string[])["LISTEN", "LISTENER", "NOTIFY_SOCKET2", "PATH", "_"], static name => Assert.False(VariableName.IsWithheld(name)));
    }
}
