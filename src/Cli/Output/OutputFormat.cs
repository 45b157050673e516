namespace ActorCompute.Cli.Output;

/// <summary>How an answer is written.</summary>
internal enum OutputFormat
{
    /// <summary>For people: drawn when all is known.</summary>
    Table,

    /// <summary>A header line and a line a row, as rows complete.</summary>
    Tsv,

    /// <summary>As tsv, with commas and quotes by RFC 4180.</summary>
    Csv,

    /// <summary>One object with all rows, notes and counts.</summary>
    Json,

    /// <summary>An object a line, as rows complete.</summary>
    Jsonl,

    /// <summary>What programs wrote, as it is: standard output to standard output, standard error to standard error.</summary>
    Raw,
}

/// <summary>How progress is shown on standard error.</summary>
internal enum ProgressMode
{
    /// <summary>A bar on a terminal, nothing elsewhere.</summary>
    Auto,

    /// <summary>Lines, for logs.</summary>
    Plain,

    /// <summary>Nothing but notes and errors.</summary>
    None,
}
