using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClearanceDaemon.EndToEnd.Support;

/// <summary>A sample handler fed by hand, with the lines and the bare environment that the handlers process gives it.</summary>
internal sealed class Sample : IDisposable
{
    private readonly Process _process;
    private int _lastId;

    public Sample(TestHome home, params IEnumerable<string> command) =>
        _process = Command.Start(new Dictionary<string, string> { ["HOME"] = home.Root }, command);

    /// <summary>The samples as they are shipped.</summary>
    public static string Folder => Path.Combine(Repository.Root, "packaging", "handlers");

    /// <summary>Copies a sample to where a user would put it.</summary>
    public static string Copy(TestHome home, string name)
    {
        var copy = Path.Combine(home.Root, name);
        File.Copy(Path.Combine(Folder, name), copy, overwrite: true);
        return copy;
    }

    public static string DigestOf(string canonical) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    /// <summary>A line as the handlers process writes it.</summary>
    /// <param name="id">The request's.</param>
    /// <param name="kind"><c>call</c>, <c>decide</c> or <c>effect</c>.</param>
    /// <param name="request">In canonical form.</param>
    /// <param name="more">Further parameters, with a comma in front.</param>
    /// <param name="digest">Another one than the request's.</param>
    public static string Line(int id, string kind, string request, string more = "", string? digest = null) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"handler.{{{kind}}}","params":{"request":{{{request}}},"digest":"{{{digest ?? DigestOf(request)}}}","peer":{"uid":1000,"gid":1000,"pid":123,"via":"ask","role":"ask"}{{{more}}}}}""";

    /// <summary>Sends one request and gives back the result, after checking that it is this request's and cites its digest.</summary>
    public JsonElement Ask(string kind, string request, string more = "")
    {
        var answer = Exchange(Line(++_lastId, kind, request, more));
        Assert.Equal(_lastId, answer.GetProperty("id").GetInt32());
        Assert.True(answer.TryGetProperty("result", out var result), $"{answer}");
        Assert.Equal(DigestOf(request), result.GetProperty("digest").GetString());
        return result;
    }

    public JsonElement Exchange(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        using var answer = JsonDocument.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"It said nothing but: {_process.StandardError.ReadToEnd()}"));
        return answer.RootElement.Clone();
    }

    /// <summary>Ends stdin, as the handlers process does to a kept one that may go.</summary>
    public void Finish()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(Until.Deadline), "it goes on after the end of its input");
        Assert.Equal("", _process.StandardOutput.ReadToEnd());
        Assert.Equal("", _process.StandardError.ReadToEnd());
        Assert.Equal(0, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
