using System.Globalization;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Flagstat;

/// <summary>Adds the parts up, and gives the rows of <c>samtools flagstat -O tsv</c>: names, order and rounding are its own.</summary>
internal sealed class FlagstatReduction(string path) : IReduction<BamTask, FlagstatCounts, FlagstatRow>
{
    private readonly PartCounts<FlagStatistics> _counts = new(path, (a, b) => a + b);
    private readonly FailedTargets _failed = new();
    private FlagStatistics _sum;
    private TaskRun? _last;

    public ResultSchema<FlagstatRow> Schema { get; } = new([new("category", row => row.Category), new("passed", row => Shown(row, row.Passed)), new("failed", row => Shown(row, row.Failed))]) { TaskNoun = "part" };

    public void Add(BamTask task, FlagstatCounts result, TaskRun run, IResultSink<FlagstatRow> sink)
    {
        try
        {
            var records = result.Statistics.Passed.Total + result.Statistics.Failed.Total;
            if (_counts.Add(task, new(result.Statistics, records, result.IsTruncated), run) is not { } whole) return;
            _sum += whole.Value;
            _last = run;
            if (whole.IsTruncated) sink.Note(new($"{task.Label}: the file ends too early; only the reads that are there were counted.", IsIncomplete: true));
        }
        catch (InputException e)
        {
            Fail(task, e.Message, sink);
        }
    }

    public void AddFailure(BamTask task, TaskFailure failure, TaskRun run, IResultSink<FlagstatRow> sink) => Fail(task, failure.Message, sink);

    private void Fail(BamTask task, string why, IResultSink<FlagstatRow> sink)
    {
        if (_failed.IsFirst(task)) sink.Note(Note.OfFailure($"{task.Label} was not counted, so there are no sums: {why}"));
    }

    public void Complete(IResultSink<FlagstatRow> sink)
    {
        // Sums that lack a part are no answer.
        if (_failed.Any) return;
        Count("total (QC-passed reads + QC-failed reads)", counts => counts.Total);
        Count("primary", counts => counts.Primary);
        Count("secondary", counts => counts.Secondary);
        Count("supplementary", counts => counts.Supplementary);
        Count("duplicates", counts => counts.Duplicates);
        Count("primary duplicates", counts => counts.PrimaryDuplicates);
        Count("mapped", counts => counts.Mapped);
        Percent("mapped %", counts => (counts.Mapped, counts.Total));
        Count("primary mapped", counts => counts.PrimaryMapped);
        Percent("primary mapped %", counts => (counts.PrimaryMapped, counts.Primary));
        Count("paired in sequencing", counts => counts.PairedInSequencing);
        Count("read1", counts => counts.Read1);
        Count("read2", counts => counts.Read2);
        Count("properly paired", counts => counts.ProperlyPaired);
        Percent("properly paired %", counts => (counts.ProperlyPaired, counts.PairedInSequencing));
        Count("with itself and mate mapped", counts => counts.BothMapped);
        Count("singletons", counts => counts.Singletons);
        Percent("singletons %", counts => (counts.Singletons, counts.PairedInSequencing));
        Count("with mate mapped to a different chr", counts => counts.MateElsewhere);
        Count("with mate mapped to a different chr (mapQ>=5)", counts => counts.MateElsewhereGood);

        void Count(string name, Func<FlagCounts, long> of) => sink.Row(new(name, of(_sum.Passed), of(_sum.Failed)), _last);

        void Percent(string name, Func<FlagCounts, (long Part, long Whole)> of) => sink.Row(new(name, Share(of(_sum.Passed)), Share(of(_sum.Failed)), IsPercentage: true), _last);
    }

    // samtools divides in single precision, and C rounds halves to even digits.
    private static double Share((long Part, long Whole) share) =>
        share.Whole == 0 ? double.NaN : (double)decimal.Round((decimal)((float)share.Part / share.Whole * 100.0), 2, MidpointRounding.ToEven);

    private static object Shown(FlagstatRow row, double value) => row switch
    {
        { IsPercentage: false } => (long)value,
        _ when double.IsNaN(value) => "N/A",
        _ => value.ToString("0.00", CultureInfo.InvariantCulture) + "%",
    };
}
