using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Tests.Bam;

/// <summary>Which index goes with a file.</summary>
public sealed class IndexChoiceTests : TestFolder
{
    private readonly string _path;
    private readonly SyntheticBamCounts _counts;

    public IndexChoiceTests()
    {
        _path = PathOf("x.bam");
        _counts = SyntheticBam.Write(_path, 2000, seed: 7);
    }

    [Fact]
    public void Read_AsSamtoolsOrByName_IsTheSame()
    {
        File.Move(_path + ".bai", PathOf("y.bai"));
        var expected = (InputFile.Of(_path), new IndexChoice(PathOf("y.bai")));
        Assert.Equal(expected, IndexChoice.Read(new ParameterValues().Add("file", $"{_path}##idx##{PathOf("y.bai")}")));
        Assert.Equal(expected, IndexChoice.Read(new ParameterValues().Add("file", _path).Add("index", PathOf("y.bai"))));
        Assert.Equal(IndexChoice.Beside, IndexChoice.Read(new ParameterValues().Add("file", _path)).Index);
    }

    [Fact]
    public void Read_Contradictions_AreRefused()
    {
        Refused("twice", ("file", $"{_path}##idx##{_path}.bai"), ("index", _path + ".bai"));
        Refused("leave one of them out", ("file", _path), ("index", _path + ".bai"), ("no-index", "true"));
        Refused("give true or false", ("file", _path), ("no-index", "yes"));
        Refused("no such file", ("file", _path), ("index", PathOf("nowhere.bai")));
    }

    /// <summary>Also the first that is looked for may be the bad one.</summary>
    [Fact]
    public void Run_FirstIndexIsDamaged_TheNextIsUsedAndTheFirstNamed()
    {
        File.WriteAllText(_path + ".csi", "no index");
        foreach (var kind in new IJobKind[] { BuiltInKinds.Scan, BuiltInKinds.Flagstat, BuiltInKinds.Depth })
        {
            var answer = InProcess.Run(kind, ("file", _path));
            Assert.StartsWith(_path + ".csi: ", Assert.Single(answer.Notes).Text, StringComparison.Ordinal);
            Assert.True(answer.Tasks > 1);
        }
    }

    [Fact]
    public void Run_NoIndexWanted_IsOneTaskWithoutANote()
    {
        File.WriteAllText(_path + ".bai", "no index");
        var answer = InProcess.Run(BuiltInKinds.Scan, ("file", _path), ("no-index", "true"));
        Assert.Empty(answer.Notes);
        Assert.Equal((1L, _counts.Total), (answer.Tasks, answer.Column(2).Sum(reads => Convert.ToInt64(reads, null))));
    }

    /// <summary>A bit of an index flipped so that the stretch that it is asked for has no reads in it.</summary>
    [Fact]
    public void Run_DepthWithAnIndexThatLosesReads_IsAnErrorAndNoRow()
    {
        byte[] index = File.ReadAllBytes(_path + ".bai");
        var wrong = 0;
        var right = InProcess.Run(BuiltInKinds.Depth, ("file", _path)).Rows.ToDictionary(row => (string)row.Values[0]!, row => row.Values[2]);
        var random = new Random(3);
        for (var round = 0; round < 40; round++)
        {
            var changed = index.ToArray();
            changed[random.Next(8, index.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_path + ".bai", changed);
            try
            {
                var answer = InProcess.Run(BuiltInKinds.Depth, ("file", _path));
                Assert.All(answer.Rows, row => Assert.Equal(right[(string)row.Values[0]!], row.Values[2]));
                Assert.True(answer.Rows.Count == right.Count || answer.Notes.Any(note => note.IsIncomplete));
            }
            catch (InputException e)
            {
                Assert.StartsWith(_path + ".bai: ", e.Message, StringComparison.Ordinal);
                wrong++;
            }
        }

        Assert.True(wrong > 0);
    }

    private static void Refused(string part, params (string Name, string Value)[] parameters)
    {
        var values = new ParameterValues();
        foreach (var (name, value) in parameters) values.Add(name, value);
        Assert.Contains(part, Assert.Throws<InputException>(() => IndexChoice.Read(values)).Message, StringComparison.Ordinal);
    }
}
