using System.Text;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;

namespace ActorCompute.Worker.Tests.Compute;

/// <summary>Exceptions as users write them, and as nobody should.</summary>
public sealed class ExceptionReportTests
{
    [Fact]
    public void Describe_InnerExceptions_TextsOutsideInAndTracesInsideOut()
    {
        var error = ExceptionReport.Describe(Thrown(() => Wrap("outer", () => Wrap("middle", () => throw new FormatException("core")))));

        Assert.Equal(("System.InvalidOperationException", "outer"), (error.Type, error.Message));
        Assert.StartsWith("System.InvalidOperationException: outer\n ---> System.InvalidOperationException: middle\n ---> System.FormatException: core\n   at ", error.Details, StringComparison.Ordinal);
        Assert.Equal(2, error.Details.Split("--- end of the inner exception's stack trace ---").Length - 1);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("throws")]
    [InlineData("trace throws")]
    [InlineData("data throws")]
    public void Describe_MembersBroken_IsAnErrorAllTheSame(string how)
    {
        var error = ExceptionReport.Describe(Thrown(() => throw new Broken(how)));
        Assert.Equal(typeof(Broken).FullName, error.Type);
        Assert.Equal(how switch { "null" => "(no message)", "throws" => "(its text cannot be read: System.NotSupportedException)", _ => "text" }, error.Message);
        if (how == "trace throws") Assert.Contains("(its text cannot be read: System.NotSupportedException)", error.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_MessageNeverEnds_IsGivenUpAfterAWhile()
    {
        using var end = new ManualResetEventSlim();
        var error = ExceptionReport.Describe(new Endless(end));
        end.Set();
        Assert.Equal("its text could not be read within 2 s.", error.Message);
        Assert.Equal(typeof(Endless).FullName, error.Type);
    }

    [Fact]
    public void Describe_ChainOfTenThousand_IsCut()
    {
        var chain = Enumerable.Range(0, 10_000).Aggregate(new InvalidOperationException("innermost"), (inner, number) => new($"number {number}", inner));
        var error = ExceptionReport.Describe(chain);
        Assert.Equal("number 9999", error.Message);
        Assert.InRange(error.Details.Length, 100, 20_000);
    }

    [Fact]
    public void Describe_LongOrNotUnicode_IsCutAndCanTravel()
    {
        var error = ExceptionReport.Describe(new InvalidOperationException(new string('x', 1_000_000) + "\uD800"));
        Assert.Equal(4097, error.Message.Length);
        Assert.Equal("a\uFFFDb", ExceptionReport.Describe(new InputException("a\uD800b")).Message);
        Assert.Equal(TaskErrorKind.BadInput, ExceptionReport.Describe(new InputException("a")).Kind);
        Assert.Equal(error.Message, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.Message)));
    }

    private static void Wrap(string text, Action inner)
    {
        try
        {
            inner();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(text, e);
        }
    }

    private static Exception Thrown(Action action) => Record.Exception(action) ?? throw new InvalidOperationException("nothing was thrown");

    private sealed class Broken(string how) : Exception
    {
        public override string Message => how switch
        {
            "null" => null!,
            "throws" => throw new NotSupportedException(),
            _ => "text",
        };

        public override string? StackTrace => how == "trace throws" ? throw new NotSupportedException() : base.StackTrace;

        public override System.Collections.IDictionary Data => how == "data throws" ? throw new NotSupportedException() : base.Data;

        public override string ToString() => throw new NotSupportedException();
    }

    private sealed class Endless(ManualResetEventSlim end) : Exception
    {
        public override string Message
        {
            get
            {
                end.Wait();
                return "";
            }
        }
    }
}
