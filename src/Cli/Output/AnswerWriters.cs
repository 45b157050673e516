using System.CommandLine;
using System.Text;

namespace ActorCompute.Cli.Output;

/// <summary>Chooses the writer of a format.</summary>
internal static class AnswerWriters
{
    /// <summary>Why an answer of rows is not written raw.</summary>
    public const string NotRaw = "--format raw passes on what programs write, and here is none; it goes with 'run command'.";

    /// <param name="format">The format asked for; null for what suits the place.</param>
    /// <param name="schema">What the rows hold.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="isTerminal">Whether a person reads it there.</param>
    public static IAnswerWriter Create(OutputFormat? format, ResultSchema schema, TextWriter output, bool isTerminal) =>
        (format ?? (isTerminal ? OutputFormat.Table : OutputFormat.Tsv)) switch
        {
            OutputFormat.Raw => throw new InputException(NotRaw),
            OutputFormat.Json => new JsonAnswerWriter(schema, output),
            OutputFormat.Jsonl => new JsonLinesAnswerWriter(schema, output),
            OutputFormat.Csv => new CsvAnswerWriter(schema, output, flushEachRow: isTerminal),
            OutputFormat.Table when schema.HasHeader => new TableAnswerWriter(schema, output, isTerminal),
            _ => new TsvAnswerWriter(schema, output, flushEachRow: isTerminal),
        };

    /// <summary>Standard output, in UTF-8 without a mark, line feeds on every system.</summary>
    public static TextWriter StandardOutput() => To(StandardOutputStream.Open());

    /// <summary>Where a list goes: standard output, if the invocation names nothing else.</summary>
    public static TextWriter OutputOf(ParseResult parsed) => parsed.InvocationConfiguration.Output is var output && ReferenceEquals(output, Console.Out) ? StandardOutput() : output;

    /// <summary>UTF-8 without a mark, line feeds on every system.</summary>
    public static TextWriter To(Stream stream) =>
        new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n", AutoFlush = false };

    /// <summary>The endings that <see cref="FormatOf"/> knows.</summary>
    public const string KnownEndings = ".tsv, .tab or .txt (tab-separated), .csv, .json, .jsonl or .ndjson";

    /// <summary>The format that a file's ending says, or null.</summary>
    public static OutputFormat? FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => OutputFormat.Csv,
        ".tsv" or ".tab" or ".txt" => OutputFormat.Tsv,
        ".json" => OutputFormat.Json,
        ".jsonl" or ".ndjson" => OutputFormat.Jsonl,
        _ => null,
    };
}
