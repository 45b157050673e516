using System.Collections.Concurrent;
using System.Text;
using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// What is told of an exception that left a task, whatever its members do: those that users overrode may throw or never return, and
/// its inner exceptions may be without end.
/// </summary>
internal static class ExceptionReport
{
    // For people; some carry a whole document.
    private const int LongestMessage = 4096;
    private const int LongestDetails = 16_384;
    private const int MostExceptions = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Whether a type's texts are the framework's own.
    private static readonly ConcurrentDictionary<Type, bool> Plain = new();

    public static TaskError Describe(Exception e)
    {
        var chain = ChainOf(e);
        if (chain.TrueForAll(each => Plain.GetOrAdd(each.GetType(), IsPlain))) return Describe(chain);
        TaskError? read = null;
        var reader = new Thread(() => Volatile.Write(ref read, Describe(chain))) { IsBackground = true, Name = "exception-text" };
        reader.Start();
        return reader.Join(Patience)
            ? read!
            : new() { Kind = KindOf(e), Type = ExceptionText.NameOf(e), Message = $"its text could not be read within {Patience.TotalSeconds:0} s." };
    }

    private static TaskError Describe(List<Exception> chain) => new()
    {
        Kind = KindOf(chain[0]),
        Type = ExceptionText.NameOf(chain[0]),
        Message = Cut(ExceptionText.MessageOf(chain[0]), LongestMessage),
        Details = Cut(DetailsOf(chain), LongestDetails),
        Report = chain[0] is ReportedException { Report: var report } ? ByteString.CopyFrom(report.Span) : ByteString.Empty,
    };

    /// <summary>As <see cref="Exception.ToString"/> shows it: the texts from the outermost to the innermost, then their stack traces the other way round.</summary>
    private static string DetailsOf(List<Exception> chain)
    {
        var text = new StringBuilder();
        foreach (var e in chain) text.Append(e == chain[0] ? "" : "\n ---> ").Append(ExceptionText.NameOf(e)).Append(": ").Append(Cut(ExceptionText.MessageOf(e), LongestMessage));
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            if (ExceptionText.TraceOf(chain[i]) is { Length: > 0 } trace) text.Append('\n').Append(Cut(trace, LongestDetails / 2));
            if (i > 0) text.Append("\n   --- end of the inner exception's stack trace ---");
        }

        return text.ToString();
    }

    private static List<Exception> ChainOf(Exception e)
    {
        var chain = new List<Exception>();
        for (Exception? next = e; next is not null && chain.Count < MostExceptions; next = next.InnerException) chain.Add(next);
        return chain;
    }

    private static TaskErrorKind KindOf(Exception e) => e is InputException ? TaskErrorKind.BadInput : TaskErrorKind.Exception;

    private static bool IsPlain(Type type) => IsFrameworks(type, nameof(Exception.Message)) && IsFrameworks(type, nameof(Exception.StackTrace));

    private static bool IsFrameworks(Type type, string property) => type.GetProperty(property)?.GetMethod?.DeclaringType?.Assembly == typeof(Exception).Assembly;

    /// <summary>Cuts a text that is too long, and replaces what no UTF-8 can hold.</summary>
    private static string Cut(string text, int most) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Length <= most ? text : text[..most] + "…"));
}
