using System.Text;
using ClearanceDaemon.Core.Documents;

namespace ClearanceDaemon.Core.Tests.External.Manifests;

/// <summary>Whatever stands in a file, it is a manifest or it has problems, each with a place that is in the file.</summary>
public sealed class ManifestFuzzTests
{
    private const int Seed = 20261120;
    private static readonly byte[][] Corpus =
        [.. ManifestTable.Good.Concat(ManifestTable.Bad).Concat(ManifestTable.BadToTheLoaderAlone).Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Bytes_that_were_changed_never_do_more_than_make_a_problem()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Corpus[random.Next(Corpus.Length)].ToList();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                Change(bytes, random);
            }

            Check([.. bytes]);
        }
    }

    [Fact]
    public void A_manifest_cut_anywhere_has_a_problem()
    {
        var whole = Encoding.UTF8.GetBytes(ManifestTable.Good.MaxBy(static json => json.Length)!);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False(Check(whole[..length]));
        }

        Assert.True(Check(whole));
    }

    [Fact]
    public void Space_and_comments_anywhere_between_tokens_change_nothing()
    {
        const string Spaced = "{ \"version\" : 1 , \"name\" : \"hello\" , \"exec\" : [ \"/bin/hello\" ] , \"roles\" : { \"methods\" : { \"hello.world\" : \"ask\" } } , \"mode\" : \"kept\" }";
        foreach (var between in new[] { "\n", "\t\r\n ", "/* , */", "// ]\n" })
        {
            var json = Spaced.Replace(" :", ":", StringComparison.Ordinal).Replace(" ", between, StringComparison.Ordinal);
            Assert.Equal(["/bin/hello"], ManifestText.Read(json).Exec);
        }
    }

    private static bool Check(byte[] bytes)
    {
        var problems = new List<DocumentProblem>();
        var manifest = ManifestText.Read(bytes, problems);
        Assert.Equal(manifest is null, problems.Count > 0);
        var lines = bytes.Count(static b => b == '\n') + 1;
        Assert.All(problems, problem =>
        {
            Assert.InRange(problem.Line, 1, lines);
            Assert.InRange(problem.Column, 1, bytes.Length + 1);
            Assert.NotEmpty(problem.Message);
        });
        return manifest is not null;
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(4))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1 when at < bytes.Count:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, "{}[],:\"\\/*19\n"u8.ToArray().OrderBy(_ => random.Next()).Take(random.Next(1, 4)));
                break;
            default:
                var from = Corpus[random.Next(Corpus.Length)];
                var start = random.Next(from.Length);
                bytes.InsertRange(at, from.AsSpan(start, random.Next(Math.Min(40, from.Length - start))).ToArray());
                break;
        }
    }
}
