namespace ActorCompute.Abstractions.Tests.Results;

/// <summary>Exceptions are users' code, too.</summary>
public sealed class ExceptionTextTests
{
    [Fact]
    public void MessageOf_WhateverTheExceptionDoes_IsAText()
    {
        Assert.Equal("text", ExceptionText.MessageOf(new OddException(() => "text")));
        Assert.Equal("(no message)", ExceptionText.MessageOf(new OddException(() => null)));
        Assert.Equal("(its text cannot be read: System.NotSupportedException)", ExceptionText.MessageOf(new OddException(() => throw new NotSupportedException())));
    }

    [Fact]
    public void TraceOf_WhateverTheExceptionDoes_IsATextOrNone()
    {
        Assert.Null(ExceptionText.TraceOf(new OddException(() => null)));
        Assert.Equal("text", ExceptionText.TraceOf(new OddException(() => "text")));
        Assert.Equal("(its text cannot be read: System.NotSupportedException)", ExceptionText.TraceOf(new OddException(() => throw new NotSupportedException())));
    }

    [Fact]
    public void NameOf_Nested_IsItsFullName() => Assert.Equal("ActorCompute.Abstractions.Tests.Results.ExceptionTextTests+OddException", ExceptionText.NameOf(new OddException(() => null)));

    private sealed class OddException(Func<string?> text) : Exception
    {
        public override string Message => text()!;

        public override string? StackTrace => text();
    }
}
