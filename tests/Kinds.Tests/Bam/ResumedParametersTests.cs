using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Tests.Bam;

/// <summary>A journal goes on with a copy of a file; what workers are told of it is when that was written.</summary>
public sealed class ResumedParametersTests : TestFolder
{
    public static TheoryData<string> Kinds => ["scan", "flagstat", "depth"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Prepare_FileWrittenAgain_TheParametersDifferInItsTimeAlone(string name)
    {
        var (kind, path) = (BuiltInKinds.All.Single(kind => kind.Name == name), PathOf("x.bam"));
        SyntheticBam.Write(path, 100);
        var before = InProcess.Prepare(kind, ("file", path));
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddHours(1));
        var after = InProcess.Prepare(kind, ("file", path));

        Assert.NotEqual(before.Parameters.ToArray(), after.Parameters.ToArray());
        Assert.Equal(before.ParametersWithoutFileTimes.ToArray(), after.ParametersWithoutFileTimes.ToArray());
        (kind.Open(after.Parameters) as IDisposable)?.Dispose();
    }
}
