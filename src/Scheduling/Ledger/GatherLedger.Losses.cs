using System.Globalization;

namespace ActorCompute.Scheduling;

/// <content>
/// Workers that end, and workers that are only not heard. Silence runs a task elsewhere but blames it for nothing: a machine that
/// slept, a debugger or an operator's SIGSTOP is no death. A death that shows later, when the next incarnation tells of it, counts.
/// </content>
internal sealed partial class GatherLedger
{
    // Tasks whose fate waits for word of their worker's end: poison, or held for as long as its silence may turn out to be a death.
    private readonly List<LedgerEntry> _poisoned = [];

    // Whom to blame if a silent worker turns out to have died.
    private readonly Dictionary<WorkerLife, SilentLoss> _silent = [];

    private void EndLeases(TimeSpan now, List<JobInstruction> instructions)
    {
        foreach (var worker in _workers.Values.Where(worker => worker.Lease.HasExpired(now)).ToList())
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"silent for {(now - worker.Lease.RenewedAt).TotalSeconds:F0} s");
            instructions.Add(new LedgerInstruction.Forget(worker.Life, reason));
            LoseSight(worker, reason, now);
        }
    }

    private void Leave(LedgerEvent.WorkerLeaving leaving)
    {
        if (!_workers.TryGetValue(leaving.Life, out var worker)) return;
        worker.Lease.Renew(leaving.At);
        worker.Leave();
        log.Add(SchedulingEventKind.WorkerLeaving, worker.Facts.Name);
        foreach (var chunk in worker.Chunks.Where(chunk => !leaving.Running.Contains(chunk.Sequence)).Reverse().ToList())
        {
            worker.Remove(chunk.Sequence);
            WaitAgain(chunk, "its worker leaves");
        }
    }

    private void LetBegin(LedgerEvent.ChunkReady ready, List<JobInstruction> instructions)
    {
        if (!_workers.TryGetValue(ready.Life, out var worker)) return;
        worker.Lease.Renew(ready.At);
        if (worker.Chunks.Find(ready.Sequence) is { } chunk)
        {
            chunk.IsBegun = true;
            instructions.Add(new LedgerInstruction.BeginChunk(ready.Life, ready.Sequence));
        }
        else
        {
            // It runs elsewhere by now, and must not hold up what waits behind it.
            instructions.Add(new LedgerInstruction.RecallChunk(ready.Life, ready.Sequence));
        }
    }

    /// <summary>It has ended: a task that ran there alone in its chunk has one death more.</summary>
    private void Lose(WorkerLife life, string reason, TimeSpan at)
    {
        if (!_workers.TryGetValue(life, out var worker)) return;
        var blamed = TakeAway(worker, reason, out var isAlone, out var isProven);
        foreach (var entry in blamed) CountDeath(entry, isProven);
        if (isAlone && blamed is [{ Chunk: null } poison] && poison.WorkerDeaths >= options.MaxWorkerDeaths) Hold(poison, new(worker.Facts, reason, at + options.ExplanationWait));
    }

    /// <summary>It is not heard. Where this may have been the last death that a task is allowed, it is not run until there was time for the truth.</summary>
    private void LoseSight(LedgerWorker worker, string reason, TimeSpan at)
    {
        var blamed = TakeAway(worker, reason, out var isAlone, out var isProven);
        if (blamed.Count > 0) _silent[worker.Life] = new(blamed, at, isProven);
        foreach (var entry in blamed.Where(entry => PossibleDeaths(entry) >= options.MaxWorkerDeaths - 1)) MustBeAlone(entry);
        if (!isAlone || blamed is not [{ Chunk: null } suspect] || PossibleDeaths(suspect) < options.MaxWorkerDeaths) return;
        Hold(suspect, new(worker.Facts, reason, at + options.SilenceWait) { IsSuspicion = true });
    }

    /// <summary>Its chunks wait again.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="reason">Why it is gone.</param>
    /// <param name="isAlone">Whether only one task can have been running.</param>
    /// <param name="isProven">Whether it had begun a task with nothing beside it, whatever job or client it is of.</param>
    /// <returns>The tasks that can have ended it: those that were alone in a chunk that can have been running.</returns>
    private List<LedgerEntry> TakeAway(LedgerWorker worker, string reason, out bool isAlone, out bool isProven)
    {
        log.Add(SchedulingEventKind.WorkerLost, worker.Facts.Name, reason);
        _workers.Remove(worker.Life);
        _placement.Remove(worker);
        _lastSequences[worker.Life] = worker.LastSequence;
        // Chunks are begun in the order of their numbers: those behind the slots did not run. Who leaves on purpose kills nobody.
        var begun = worker.Chunks.Take(worker.IsLeaving ? 0 : worker.Facts.Slots).ToList();
        isAlone = begun.Sum(chunk => chunk.OpenCount) == 1;
        // One that was to run alone did not kill it before it had begun: then it was another's.
        var blamed = begun.Where(chunk => chunk.OpenCount == 1 && (chunk.IsBegun || !chunk.IsIsolated)).SelectMany(chunk => chunk.Open).Where(entry => !entry.Batch.IsPack).ToList();
        isProven = begun is [{ IsIsolated: true, IsBegun: true }];
        // A pack is undone when it comes to wait.
        foreach (var entry in begun.SelectMany(chunk => chunk.Open)) entry.IsSuspect = true;
        // Last chunk first: each goes to the front, so they come to stand in plan order.
        foreach (var chunk in worker.Clear().Reverse()) WaitAgain(chunk, "its worker is gone");
        return blamed;
    }

    /// <summary>The last death that is allowed counts only where it is proven: tasks of other jobs run in the same processes.</summary>
    private void CountDeath(LedgerEntry entry, bool isProven)
    {
        if (Counts(entry.WorkerDeaths, isProven)) entry.WorkerDeaths++;
        if (entry.WorkerDeaths >= options.MaxWorkerDeaths - 1) MustBeAlone(entry);
    }

    private void MustBeAlone(LedgerEntry entry)
    {
        if (!entry.NeedsIsolation) log.Add(SchedulingEventKind.Isolated, entry.Batch, entry.Attempt, reason: "workers died while it ran");
        entry.NeedsIsolation = true;
        if (_waiting.Remove(entry)) _isolated.AddFirst(entry);
    }

    private void Hold(LedgerEntry entry, PoisonWait wait)
    {
        StopWaiting(entry);
        entry.Poison = wait;
        _poisoned.Add(entry);
        log.Add(SchedulingEventKind.Held, entry.Batch, entry.Attempt, wait.Worker.Name, reason: wait.Reason);
    }

    /// <summary>A worker that was not heard is there: nobody is to blame for its silence.</summary>
    private void Acquit(WorkerLife life)
    {
        if (_silent.Remove(life)) Release(_poisoned.Where(entry => entry.Poison is { IsSuspicion: true } wait && wait.Worker.Life == life));
    }

    /// <summary>A worker has ended, and how: poison fails with that, and of a silent one it is known now that it died.</summary>
    private void Convict(WorkerLife life, string end, List<JobInstruction> instructions)
    {
        if (_silent.Remove(life, out var loss))
        {
            foreach (var entry in loss.Blamed.Where(entry => _live.GetValueOrDefault(entry.Batch.First) == entry)) CountDeath(entry, loss.IsProven);
        }

        foreach (var entry in _poisoned.ToList())
        {
            var wait = entry.Poison!;
            if (wait.IsSuspicion ? entry.WorkerDeaths >= options.MaxWorkerDeaths : wait.Worker.Life == life) FailPoison(entry, wait.Worker.Life == life ? end : wait.Reason, instructions);
            else if (wait.IsSuspicion && PossibleDeaths(entry) < options.MaxWorkerDeaths) Release([entry]);
        }
    }

    /// <summary>Deaths that are known, and those that some silence may still turn out to be.</summary>
    private int PossibleDeaths(LedgerEntry entry)
    {
        var deaths = entry.WorkerDeaths;
        foreach (var loss in _silent.Values)
        {
            if (loss.Blamed.Contains(entry) && Counts(deaths, loss.IsProven)) deaths++;
        }

        return deaths;
    }

    private bool Counts(int deaths, bool isProven) => isProven || options.MaxWorkerDeaths == 1 || deaths + 1 < options.MaxWorkerDeaths;

    private void EndWaits(TimeSpan now, List<JobInstruction> instructions)
    {
        var ended = _poisoned.Where(entry => entry.Poison!.Until <= now).ToList();
        foreach (var entry in ended.Where(entry => !entry.Poison!.IsSuspicion)) FailPoison(entry, entry.Poison!.Reason, instructions);
        Release(ended.Where(entry => entry.Poison is { IsSuspicion: true }));
        foreach (var (life, _) in _silent.Where(loss => now - loss.Value.At > options.SilenceMemory).ToList()) _silent.Remove(life);
    }

    private void Release(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries.ToList())
        {
            _poisoned.Remove(entry);
            entry.Poison = null;
            _isolated.AddFirst(entry);
        }
    }

    private void FailPoison(LedgerEntry entry, string end, List<JobInstruction> instructions)
    {
        var worker = entry.Poison!.Worker;
        var text = $"its worker died {entry.WorkerDeaths} times while running it; the last was {worker.Name} on {worker.Host} (process {worker.ProcessId}): {end}";
        Fail(entry, new(FailureCause.WorkerDied, "", text), worker, TimeSpan.Zero, instructions);
    }

    private sealed record SilentLoss(List<LedgerEntry> Blamed, TimeSpan At, bool IsProven);
}
