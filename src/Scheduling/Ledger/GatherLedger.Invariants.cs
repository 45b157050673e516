namespace ActorCompute.Scheduling;

/// <content>What holds between two events.</content>
internal sealed partial class GatherLedger
{
    /// <summary>Throws if the account does not add up. For tests, after every step.</summary>
    public void CheckInvariants()
    {
        var inChunks = _workers.Values.SelectMany(worker => worker.Chunks).SelectMany(chunk => chunk.Open).ToList();
        var sent = inChunks.Distinct().Sum(entry => entry.Batch.Count);
        Require(_liveTasks == _live.Values.Where(entry => entry.Whole is null).Sum(entry => entry.Batch.Count), $"{_liveTasks} live, but other entries");
        Require(Added == Reported + _liveTasks, $"{Added} added, {Reported} reported, {_liveTasks} live");
        Require(Waiting == _waiting.Entries.Sum(entry => entry.Batch.Count) && Isolated == _isolated.Entries.Sum(entry => entry.Batch.Count), "the waiting are miscounted");
        Require(Waiting + Isolated + Delayed + _poisoned.Count + sent == _liveTasks - _splitTasks + _openPieces, $"{Waiting} waiting, {Isolated} isolated, {Delayed} delayed, {_poisoned.Count} poisoned, {sent} in chunks, {_liveTasks} live");
        Require(_live.Values.All(entry => !entry.Batch.IsPack || !(entry.IsSuspect || entry.IsDelayed || entry.Poison is not null)), "a pack is treated as one task");
        Require(_live.Values.Count(entry => entry.IsDelayed) == Delayed && Delayed <= _delayed.Count, $"{Delayed} delayed, but {_delayed.Count} have a time");
        Require(_waiting.Entries.Concat(_isolated.Entries).All(entry => entry.Chunk is null && _live.ContainsKey(entry.Batch.First)), "a waiting task is in a chunk or not live");
        Require(_live.Values.All(entry => entry.Copy is not { } copy || (entry.Chunk is { } first && first.Worker != copy.Chunk.Worker && !entry.Batch.IsPack)), "a copy of a task that does not run elsewhere");
        CheckPieces(Require);
        foreach (var worker in _workers.Values)
        {
            Require(worker.Chunks.Count == 1 || !worker.Chunks.Any(chunk => chunk.IsIsolated), "an isolated task is not alone on its worker");
            Require(worker.Chunks.Zip(worker.Chunks.Skip(1)).All(pair => pair.First.Sequence < pair.Second.Sequence), "chunks are out of order");
            foreach (var chunk in worker.Chunks)
            {
                Require(worker.Chunks.Find(chunk.Sequence) == chunk && chunk.Sequence <= worker.LastSequence && chunk.Worker == worker, "a chunk is under a wrong number or worker");
                Require(chunk.Open.All(entry => (entry.Chunk == chunk || entry.Copy?.Chunk == chunk) && _live.GetValueOrDefault(entry.Batch.First) == entry), "a chunk holds a task that is elsewhere");
            }
        }

        static void Require(bool condition, string what)
        {
            if (!condition) throw new InvalidOperationException($"The ledger does not add up: {what}.");
        }
    }
}
