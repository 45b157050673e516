using ActorCompute.Client.Journal;

namespace ActorCompute;

/// <summary>What stands in a journal, for a person or a program that wants to go on with it.</summary>
internal sealed record JournalReport
{
    /// <summary>The folder it is in.</summary>
    public required string Folder { get; init; }

    /// <summary>How it stands.</summary>
    public JournalState State { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>The kind's name; empty when that cannot be read, as all that follows.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The parameters as they were given, to prepare the same job from.</summary>
    public ParameterValues Values { get; init; } = ParameterValues.None;

    /// <summary>The folder that the program worked in, for paths that were given relative to it.</summary>
    public string WorkingFolder { get; init; } = "";

    /// <summary>What the program that began it wanted to find again.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>When it was begun.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Tasks with a result.</summary>
    public long Done { get; init; }

    /// <summary>Tasks that failed and have no result.</summary>
    public long Failed { get; init; }

    /// <summary>All tasks, where that is known.</summary>
    public long? Total { get; init; }

    /// <summary>Looks at the journal of a folder, also while it is written.</summary>
    /// <exception cref="JournalException">There is none. One that cannot be opened, or is damaged, is no exception: it is reported.</exception>
    public static JournalReport Read(string folder, CancellationToken cancellation = default)
    {
        Stream opened;
        try
        {
            opened = JournalFile.OpenToRead(folder);
        }
        catch (JournalException e) when (e.Fault is JournalFault.BadFolder or JournalFault.Storage && folder.Length > 0)
        {
            return new() { Folder = folder, State = JournalState.Damaged, Problem = e.Message };
        }

        using var stream = opened;
        var isLocked = JournalFile.IsLocked(folder);
        try
        {
            var content = JournalContent.Read(stream, cancellation);
            var damage = content.Damage is [var first, ..] ? $"damaged at offset {first.From}" : null;
            return Of(folder, content.Header) with
            {
                State = isLocked ? JournalState.Running : damage is not null ? JournalState.Damaged : content.IsComplete ? JournalState.Complete : JournalState.Unfinished,
                Problem = damage,
                Done = content.Done.Count,
                Failed = content.Failed.Count,
                Total = content.Total,
            };
        }
        catch (JournalException e)
        {
            return new() { Folder = folder, State = JournalState.Damaged, Problem = e.Message };
        }
        catch (IOException e)
        {
            throw new JournalException(JournalFault.Storage, $"{folder}: {e.Message}", e);
        }
    }

    /// <summary>The job alone, checked against the files it reads.</summary>
    /// <exception cref="JournalException">There is none, its beginning is damaged, or an input has changed.</exception>
    public static JournalReport ReadJob(string folder)
    {
        using var stream = JournalFile.OpenToRead(folder);
        JournalHeader header;
        try
        {
            header = JournalContent.ReadHeader(stream);
        }
        catch (Exception e) when (e is JournalException or IOException)
        {
            throw new JournalException((e as JournalException)?.Fault ?? JournalFault.Storage, $"{JournalFile.PathOf(folder)}: {e.Message}", e);
        }

        header.CheckInputs();
        return Of(folder, header);
    }

    /// <summary>The journals of a folder: its own, or those in the folders right below it.</summary>
    /// <exception cref="JournalException">It is no folder that can be read.</exception>
    public static IEnumerable<string> FoldersIn(string folder)
    {
        JournalFile.CheckName(folder);
        try
        {
            if (File.Exists(JournalFile.PathOf(folder))) return [folder];
            return [.. Directory.EnumerateDirectories(folder).Where(below => File.Exists(JournalFile.PathOf(below))).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new JournalException(JournalFault.Missing, $"{folder}: {(e is DirectoryNotFoundException ? "no such folder." : e.Message)}", e);
        }
    }

    private static JournalReport Of(string folder, JournalHeader header)
    {
        var values = new ParameterValues();
        foreach (var (name, texts) in header.Values)
        {
            foreach (var text in texts) values.Add(name, text);
        }

        return new() { Folder = folder, Kind = header.Kind, Values = values, WorkingFolder = header.Folder, Settings = header.Settings, StartedAt = header.StartedAt, Total = header.Count };
    }
}

/// <summary>How a journal stands.</summary>
internal enum JournalState
{
    /// <summary>Tasks are missing or have failed; it can be resumed.</summary>
    Unfinished,

    /// <summary>A process writes it.</summary>
    Running,

    /// <summary>Every task has a result.</summary>
    Complete,

    /// <summary>Bytes in the middle are not what was written, or its beginning cannot be read.</summary>
    Damaged,
}
