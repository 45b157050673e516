namespace ActorCompute;

/// <summary>A journal cannot be used, or could not be written. The message is for the person who named it.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Makes it.</summary>
    public JournalException(JournalFault fault, string message, Exception? inner = null) : base(message, inner) => Fault = fault;

    /// <summary>The cause a program can act on.</summary>
    public JournalFault Fault { get; }
}

/// <summary>What is wrong with a journal.</summary>
public enum JournalFault
{
    /// <summary>There is none in the folder.</summary>
    Missing,

    /// <summary>There is one already where one was to begin.</summary>
    Exists,

    /// <summary>Another process writes it.</summary>
    InUse,

    /// <summary>Its bytes are not those that were written.</summary>
    Damaged,

    /// <summary>It is of another job: kind, version, parameters or tasks differ.</summary>
    OtherJob,

    /// <summary>A file that the job reads is not what it was.</summary>
    InputChanged,

    /// <summary>It could not be written or read: a full disk, a missing right.</summary>
    Storage,

    /// <summary>No journal can be made in the folder: an empty name, a file, a place where nothing may be written.</summary>
    BadFolder,
}
