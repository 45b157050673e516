namespace ActorCompute.Scheduling;

/// <summary>
/// Finds the worker with the fewest chunks of all jobs for its slots, of those that take more of this job, without a look at each.
/// Of equals the one that came first. Pure.
/// </summary>
/// <remarks>
/// This job's own chunks are known at once. Those of other jobs come and go on other threads: at each question some workers are looked at
/// again, in turns, so what they took away is known a few questions later. Which workers have room does not depend on that: none of them
/// is ever missing here.
/// </remarks>
internal sealed class PlacementIndex
{
    /// <summary>Workers looked at again at each question where other jobs have chunks. Up to so many, the answer is always exact.</summary>
    public const int Looks = 8;

    // In no order, to go through in turns.
    private readonly List<Place> _places = [];

    // Those with room: up to their slots, up to their window. Both, since a job near its end goes from one to the other and back.
    private readonly LoadHeap _belowSlots = new();
    private readonly LoadHeap _belowWindow = new();
    private int _turn;
    private long _added;
    private bool _goesDeep;
    private bool _isShared;

    /// <summary>Slots of all workers.</summary>
    public int Slots { get; private set; }

    /// <summary>Workers that have more chunks of this job than slots, and may give the last one back.</summary>
    public int Queueing { get; private set; }

    public void Add(LedgerWorker worker)
    {
        worker.Place = new(worker, _added++, this) { Turn = _places.Count };
        _places.Add(worker.Place);
        Slots += worker.Facts.Slots;
        Look(worker.Place);
    }

    public void Remove(LedgerWorker worker)
    {
        if (worker.Place is not { } place) return;
        worker.Place = null;
        if (place.IsQueueing) Queueing--;
        Slots -= worker.Facts.Slots;
        _belowSlots.TakeOut(place.BelowSlots);
        _belowWindow.TakeOut(place.BelowWindow);
        (_places[place.Turn], _places[^1].Turn) = (_places[^1], place.Turn);
        _places.RemoveAt(_places.Count - 1);
    }

    /// <summary>The worker that is to get the next chunk, if any has room.</summary>
    /// <param name="goesDeep">Workers take as many chunks as their window says, not only as many as they have slots.</param>
    /// <param name="isShared">Other jobs have chunks on these workers.</param>
    public LedgerWorker? Best(bool goesDeep, bool isShared)
    {
        (_goesDeep, _isShared) = (goesDeep, isShared);
        return Best();
    }

    /// <summary>The same, in the way asked for last.</summary>
    public LedgerWorker? Best()
    {
        for (var i = _isShared ? Math.Min(Looks, _places.Count) : 0; i > 0; i--)
        {
            if (++_turn >= _places.Count) _turn = 0;
            LookAtLoad(_places[_turn]);
        }

        var heap = _goesDeep ? _belowWindow : _belowSlots;
        // Not for ever, however often other jobs change it meanwhile.
        for (var i = 0; i < Looks && heap.First is { Worker.Place: { } place } first; i++)
        {
            LookAtLoad(place);
            if (heap.First == first) break;
        }

        return heap.First?.Worker;
    }

    private static double LoadOf(LedgerWorker worker) => worker.Load.PerSlot;

    private void Look(Place place)
    {
        var worker = place.Worker;
        var (chunks, slots) = (worker.Chunks.Count, worker.Facts.Slots);
        var isQueueing = !worker.IsLeaving && chunks > slots && worker.Chunks.Last.MayBeRecalled;
        if (isQueueing != place.IsQueueing)
        {
            place.IsQueueing = isQueueing;
            Queueing += isQueueing ? 1 : -1;
        }

        var takesMore = !worker.IsLeaving && !worker.IsIsolating;
        var load = LoadOf(worker);
        Enter(_belowSlots, place.BelowSlots, takesMore && chunks < slots, load);
        Enter(_belowWindow, place.BelowWindow, takesMore && chunks < worker.Facts.Window, load);
    }

    private void LookAtLoad(Place place)
    {
        var load = LoadOf(place.Worker);
        if (place.BelowSlots.Index >= 0) _belowSlots.Put(place.BelowSlots, load);
        if (place.BelowWindow.Index >= 0) _belowWindow.Put(place.BelowWindow, load);
    }

    private static void Enter(LoadHeap heap, LoadHeap.Seat seat, bool hasRoom, double load)
    {
        if (hasRoom) heap.Put(seat, load);
        else heap.TakeOut(seat);
    }

    /// <summary>Where a worker stands.</summary>
    internal sealed class Place(LedgerWorker worker, long order, PlacementIndex index)
    {
        public LedgerWorker Worker => worker;

        public LoadHeap.Seat BelowSlots { get; } = new(worker, order);

        public LoadHeap.Seat BelowWindow { get; } = new(worker, order);

        /// <summary>Among those that are looked at in turns.</summary>
        public int Turn { get; set; }

        public bool IsQueueing { get; set; }

        /// <summary>This job has sent it something, or it is through with something, or takes no more.</summary>
        public void Changed() => index.Look(this);
    }
}
