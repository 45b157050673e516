namespace ActorCompute;

/// <summary>Where a reduction puts what is ready to be seen.</summary>
public interface IResultSink
{
    /// <summary>A row of the answer.</summary>
    void Row(ResultRow row);

    /// <summary>Something a person should know.</summary>
    void Note(Note note);
}
