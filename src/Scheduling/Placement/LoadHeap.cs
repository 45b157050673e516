namespace ActorCompute.Scheduling;

/// <summary>Workers by their load, the least first; of equals the one that came first. Pure.</summary>
internal sealed class LoadHeap
{
    // None comes before its parent, which stands at half its index.
    private readonly List<Seat> _seats = [];

    /// <summary>The one with the least load.</summary>
    public Seat? First => _seats.Count > 0 ? _seats[0] : null;

    /// <summary>Takes one in, or learns its load anew.</summary>
    public void Put(Seat seat, double load)
    {
        var isNew = seat.Index < 0;
        if (isNew)
        {
            seat.Index = _seats.Count;
            _seats.Add(seat);
        }

        var rises = isNew || load < seat.Load;
        if (!rises && load == seat.Load) return;
        seat.Load = load;
        if (rises) Rise(seat);
        else Sink(seat);
    }

    /// <summary>Takes one out, if it is in.</summary>
    public void TakeOut(Seat seat)
    {
        if (seat.Index < 0) return;
        var last = _seats[^1];
        _seats.RemoveAt(_seats.Count - 1);
        if (last != seat)
        {
            Set(last, seat.Index);
            Rise(last);
            Sink(last);
        }

        seat.Index = -1;
    }

    private void Rise(Seat seat)
    {
        var index = seat.Index;
        while (index > 0 && seat.IsBefore(_seats[(index - 1) / 2]))
        {
            Set(_seats[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Set(seat, index);
    }

    private void Sink(Seat seat)
    {
        var index = seat.Index;
        while ((2 * index) + 1 < _seats.Count)
        {
            var child = (2 * index) + 1;
            if (child + 1 < _seats.Count && _seats[child + 1].IsBefore(_seats[child])) child++;
            if (!_seats[child].IsBefore(seat)) break;
            Set(_seats[child], index);
            index = child;
        }

        Set(seat, index);
    }

    private void Set(Seat seat, int index) => (_seats[index], seat.Index) = (seat, index);

    /// <summary>A worker's place in the heap.</summary>
    internal sealed class Seat(LedgerWorker worker, long order)
    {
        public LedgerWorker Worker => worker;

        /// <summary>Chunks for each slot, as of the last look.</summary>
        public double Load { get; set; }

        /// <summary>Where it is; below 0 when it is out.</summary>
        public int Index { get; set; } = -1;

        private long Order => order;

        public bool IsBefore(Seat other) => Load < other.Load || (Load == other.Load && Order < other.Order);
    }
}
