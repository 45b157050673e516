using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>Tasks of eight units that can be split: every result says which units it is of, so that one that lacks a unit, or has one twice, is seen.</summary>
internal static partial class SplitModel
{
    private const int Units = 8;

    /// <summary>Answers a task or a piece; where a split is wanted, with the result of its first unit, and with the others as pieces.</summary>
    public static AttemptReply Answer(TaskBatch task, int pieces)
    {
        var (number, first, end) = Read(task.Payload.Span);
        var left = end - first - 1;
        if (pieces < 2 || left == 0) return LedgerHarness.Success(task) with { Result = Result(number, first, end) };
        var count = Math.Min(pieces, left);
        var ends = Enumerable.Range(0, count + 1).Select(i => first + 1 + (left * i / count)).ToArray();
        return LedgerHarness.Success(task) with
        {
            Result = Result(number, first, first + 1),
            Rest = [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes($"{number}:{ends[i]}-{ends[i + 1]}"))],
        };
    }

    /// <summary>Puts results together, each unit once and in order.</summary>
    public static byte[] Merge(IEnumerable<ReadOnlyMemory<byte>> results)
    {
        var (task, next) = (-1L, 0);
        foreach (var result in results)
        {
            var (number, first, end) = Read(result.Span);
            Assert.Equal(next, first);
            Assert.True(task < 0 || task == number, $"a result of task {number} among those of {task}");
            (task, next) = (number, end);
        }

        Assert.Equal(Units, next);
        return Result(task, 0, next);
    }

    private static byte[] Result(long number, int first, int end) => Encoding.ASCII.GetBytes(first == 0 && end == Units ? $"r{number}" : $"{number}:{first}-{end}");

    private static (long Number, int First, int End) Read(ReadOnlySpan<byte> text)
    {
        var parts = Piece().Match(Encoding.ASCII.GetString(text)).Groups.Values.Skip(1).Select(group => int.Parse("0" + group.Value, CultureInfo.InvariantCulture)).ToArray();
        return parts[2] == 0 ? (parts[0], 0, Units) : (parts[0], parts[1], parts[2]);
    }

    [GeneratedRegex(@"^r?(\d+)(?::(\d+)-(\d+))?$")]
    private static partial Regex Piece();
}
