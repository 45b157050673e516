namespace ActorCompute.Scheduling;

/// <summary>
/// Finds the worker with the fewest chunks of all jobs for its slots, of those that take more of this job, without a look at each: a heap.
/// Of equals the one that came first. Pure.
/// </summary>
/// <remarks>
/// This job's own chunks are known at once. Those of other jobs come and go on other threads: at each question some workers are looked at
/// again, in turns, so what they took away is known a few questions later. Which workers have room does not depend on that: none of them
/// is ever missing here.
/// </remarks>
internal sealed class PlacementIndex
{
    /// <summary>Workers looked at again at each question. Up to so many, the answer is always exact.</summary>
    public const int Looks = 8;

    // In no order, to go through in turns.
    private readonly List<Place> _places = [];

    // Those with room. None comes before its parent, which stands at half its index.
    private readonly List<Place> _heap = [];
    private int _turn;
    private long _added;
    private bool _goesDeep;

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
        TakeOut(place);
        (_places[place.Turn], _places[^1].Turn) = (_places[^1], place.Turn);
        _places.RemoveAt(_places.Count - 1);
    }

    /// <summary>The worker that is to get the next chunk, if any has room.</summary>
    /// <param name="goesDeep">Workers take as many chunks as their window says, not only as many as they have slots.</param>
    public LedgerWorker? Best(bool goesDeep)
    {
        if (goesDeep != _goesDeep)
        {
            _goesDeep = goesDeep;
            foreach (var place in _places) Look(place);
        }

        return Best();
    }

    /// <summary>The same, in the way asked for last.</summary>
    public LedgerWorker? Best()
    {
        for (var i = Math.Min(Looks, _places.Count); i > 0; i--)
        {
            if (++_turn >= _places.Count) _turn = 0;
            Look(_places[_turn]);
        }

        // Not for ever, however often other jobs change it meanwhile.
        for (var i = 0; i < Looks && _heap.Count > 0; i++)
        {
            var first = _heap[0];
            Look(first);
            if (_heap.Count > 0 && _heap[0] == first) return first.Worker;
        }

        return _heap.Count > 0 ? _heap[0].Worker : null;
    }

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

        if (worker.IsLeaving || worker.IsIsolating || chunks >= (_goesDeep ? worker.Facts.Window : slots))
        {
            TakeOut(place);
            return;
        }

        var load = worker.Load.PerSlot;
        if (place.Index < 0)
        {
            (place.Load, place.Index) = (load, _heap.Count);
            _heap.Add(place);
            Rise(place);
        }
        else if (load < place.Load)
        {
            place.Load = load;
            Rise(place);
        }
        else if (load > place.Load)
        {
            place.Load = load;
            Sink(place);
        }
    }

    private void TakeOut(Place place)
    {
        if (place.Index < 0) return;
        var last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        if (last != place)
        {
            Put(last, place.Index);
            Rise(last);
            Sink(last);
        }

        place.Index = -1;
    }

    private void Rise(Place place)
    {
        var index = place.Index;
        while (index > 0 && place.IsBefore(_heap[(index - 1) / 2]))
        {
            Put(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Put(place, index);
    }

    private void Sink(Place place)
    {
        var index = place.Index;
        while ((2 * index) + 1 < _heap.Count)
        {
            var child = (2 * index) + 1;
            if (child + 1 < _heap.Count && _heap[child + 1].IsBefore(_heap[child])) child++;
            if (!_heap[child].IsBefore(place)) break;
            Put(_heap[child], index);
            index = child;
        }

        Put(place, index);
    }

    private void Put(Place place, int index) => (_heap[index], place.Index) = (place, index);

    /// <summary>Where a worker stands.</summary>
    internal sealed class Place(LedgerWorker worker, long order, PlacementIndex index)
    {
        public LedgerWorker Worker => worker;

        /// <summary>Chunks for each slot, as of the last look.</summary>
        public double Load { get; set; }

        /// <summary>In the heap; below 0 when it has no room.</summary>
        public int Index { get; set; } = -1;

        /// <summary>Among those that are looked at in turns.</summary>
        public int Turn { get; set; }

        public bool IsQueueing { get; set; }

        /// <summary>This job has sent it something, or it is through with something, or takes no more.</summary>
        public void Changed() => index.Look(this);

        public bool IsBefore(Place other) => Load < other.Load || (Load == other.Load && Order < other.Order);

        private long Order => order;
    }
}
