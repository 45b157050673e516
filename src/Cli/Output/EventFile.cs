using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace ActorCompute.Cli.Output;

/// <summary>The scheduler's events of a job as JSON lines, written while it runs: whoever follows the file sees each soon.</summary>
internal sealed class EventFile : IAsyncDisposable
{
    public const string Option = "--events";

    // What a slow disk is behind by, before events are missed.
    private const int Ahead = 1 << 16;

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Channel<SchedulingEvent> _events = Channel.CreateBounded<SchedulingEvent>(new BoundedChannelOptions(Ahead) { SingleReader = true });
    private readonly StreamWriter _writer;
    private readonly string _given;
    private readonly Action<string> _note;
    private readonly Task _writing;

    private EventFile(StreamWriter writer, string given, Action<string> note)
    {
        (_writer, _given, _note) = (writer, given, note);
        _writing = WriteAsync();
    }

    /// <summary>Where the job puts its events.</summary>
    public ChannelWriter<SchedulingEvent> Writer => _events.Writer;

    /// <param name="place">Where.</param>
    /// <param name="note">Told when it cannot be written any more: the job goes on without.</param>
    /// <exception cref="InputException">It cannot be written there.</exception>
    public static EventFile Create(AnswerPlace place, Action<string> note)
    {
        try
        {
            return new(new(new FileStream(place.Target, place.IsStream ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)), place.Given, note);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new InputException($"{Option} {place.Given}: it cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Writes what there is.</summary>
    public async ValueTask DisposeAsync()
    {
        // A job that never began did not do so.
        _events.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _events.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_events.Reader.TryRead(out var what)) await _writer.WriteLineAsync(JsonSerializer.Serialize(Line.Of(what), Format)).ConfigureAwait(false);
                await _writer.FlushAsync().ConfigureAwait(false);
            }

            await _writer.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _events.Writer.TryComplete();
            _note($"warning: {Option} {_given}: it could not be written to its end: {e.Message}");
        }
    }

    private sealed record Line(double Seconds, SchedulingEventKind Event, long? Task, int? Count, int? Attempt, string? Worker, double? Elapsed, string? Reason)
    {
        public static Line Of(in SchedulingEvent what) => new(
            what.At.TotalSeconds,
            what.Kind,
            what.Number >= 0 ? what.Number : null,
            what.Count > 0 ? what.Count : null,
            what.Attempt > 0 ? what.Attempt : null,
            what.Worker.Length > 0 ? what.Worker : null,
            what.Elapsed > TimeSpan.Zero ? what.Elapsed.TotalSeconds : null,
            what.Reason.Length > 0 ? what.Reason : null);
    }
}
