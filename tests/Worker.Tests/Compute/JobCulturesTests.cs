using System.Buffers;
using System.Globalization;
using System.Text;
using ActorCompute.Worker.Compute;

namespace ActorCompute.Worker.Tests.Compute;

/// <summary>The caller's cultures around the code of users, and around nothing else.</summary>
public sealed class JobCulturesTests
{
    [Theory]
    [InlineData("de-DE", "1.234,5")]
    [InlineData("tr-TR", "1.234,5")]
    [InlineData("", "1,234.5")]
    public void Around_WorkThatComputes_RunsUnderThemAndLeavesTheThreadAsItWas(string culture, string expected)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        using var work = (IOpenedCpuWork)JobCultures.Find(culture, "ja-JP").Around(new TestWork((_, _) => Encoding.UTF8.GetBytes($"{1234.5:N1} {CultureInfo.CurrentUICulture.Name}")));
        Assert.Equal($"partial{expected} ja-JP", Execute(work));
        Assert.Equal(before, (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture));
    }

    [Fact]
    public void Around_WorkThatThrows_LeavesTheThreadAsItWas()
    {
        var before = CultureInfo.CurrentCulture;
        using var work = (IOpenedCpuWork)JobCultures.Find("de-DE", "de-DE").Around(new TestWork((_, _) => throw new InvalidOperationException(CultureInfo.CurrentCulture.Name)));
        Assert.Equal("de-DE", Assert.Throws<InvalidOperationException>(() => Execute(work)).Message);
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }

    [Fact]
    public async Task Around_WorkThatWaits_HasThemBehindItsAwaitsToo()
    {
        using var work = (IOpenedIoWork)JobCultures.Find("de-DE", "fr-FR").Around(new Waiting());
        var before = CultureInfo.CurrentCulture;
        var buffer = new ArrayBufferWriter<byte>();
        await work.ExecuteAsync(default, buffer, new(0, 1, default));
        Assert.Equal("de-DE fr-FR 1,5", Encoding.UTF8.GetString(buffer.WrittenSpan));
        Assert.Equal(before, CultureInfo.CurrentCulture);
    }

    [Fact]
    public void Around_CulturesOfThisProcess_IsTheWorkItself()
    {
        var work = new TestWork();
        Assert.Same(work, JobCultures.Find(CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name).Around(work));
    }

    [Fact]
    public void Find_CultureThatIsNotHere_SaysWhichAndWhatToDo()
    {
        var error = Assert.Throws<InputException>(() => JobCultures.Find("no culture at all", ""));
        Assert.StartsWith("this worker has no culture 'no culture at all', which the caller has; install ICU on ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_KindOfAUser_OpensAndRunsUnderTheCallersCultures()
    {
        var opened = "";
        var kind = new TestKind("own", () =>
        {
            opened = CultureInfo.CurrentCulture.Name;
            return new TestWork((_, _) => Encoding.UTF8.GetBytes($"{0.5}"));
        });
        using var work = (IOpenedCpuWork)new KindRegistry([kind]).Open("own", KindVersion.Of(kind), default, "de-DE", "");
        Assert.Equal("de-DE", opened);
        Assert.Equal("partial0,5", Execute(work));
    }

    [Fact]
    public void Open_BuiltInKind_NeedsNoCulture()
    {
        var kind = ActorCompute.Kinds.BuiltInKinds.PrimesCount;
        var job = ((IJobKind)kind).Prepare(new ParameterValues().Add("from", "1").Add("to", "10"));
        using var work = KindRegistry.BuiltIn.Open(kind.Name, KindVersion.Of(kind), job.Parameters, "no culture at all", "");
        Assert.NotNull(work);
    }

    private static string Execute(IOpenedCpuWork work)
    {
        var buffer = new ArrayBufferWriter<byte>();
        work.Execute(default, buffer, new(0, 1, default));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed class Waiting : IOpenedIoWork
    {
        public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, IBufferWriter<byte> result, TaskContext context)
        {
            await Task.Yield();
            await Task.Run(() => result.Write(Encoding.UTF8.GetBytes($"{CultureInfo.CurrentCulture.Name} {CultureInfo.CurrentUICulture.Name} {1.5}")));
        }

        public void Dispose()
        {
        }
    }
}
