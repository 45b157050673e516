namespace ActorCompute;

/// <summary>Where a reduction puts what is ready to be seen.</summary>
/// <typeparam name="TRow">A row of the answer.</typeparam>
public interface IResultSink<in TRow> : INoteSink
{
    /// <summary>A row of the answer.</summary>
    /// <param name="row">The row.</param>
    /// <param name="run">Where it was computed; of a row of several tasks the last of them; null where none says.</param>
    void Row(TRow row, TaskRun? run);
}

/// <summary>Takes notes.</summary>
public interface INoteSink
{
    /// <summary>Something a person should know.</summary>
    void Note(Note note);
}
