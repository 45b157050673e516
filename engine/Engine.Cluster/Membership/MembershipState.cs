using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// One node's part in the membership: messages, silence and time come in, instructions go out; no clock, thread or actor
/// in here. One seed decides everything, so there is nothing to agree on: the others take its views over whole, newest
/// wins (<see cref="MembershipView.IsNewerThan"/>), and whatever is lost on the way is asked for again with the next tick.
/// </summary>
internal sealed class MembershipState(UniqueAddress self, ImmutableHashSet<string> roles, int minimumMembers)
{
    private readonly List<MembershipInstruction> _instructions = [];

    /// <summary>
    /// Of the seed: who joined this incarnation of it, and what each knew before. Members taken over from the last incarnation
    /// have not joined until they ask.
    /// </summary>
    private readonly Dictionary<UniqueAddress, ViewStamp> _joined = [];

    private Address _seedAddress;
    private bool _seedSilent;
    private bool _wantsToLeave;
    private bool _exitBegun;
    private bool _exitConfirmed;

    public UniqueAddress Self => self;

    public MembershipMode Mode { get; private set; }

    /// <summary>The newest view from the seed.</summary>
    public MembershipView View { get; private set; } = MembershipView.Empty;

    /// <summary>What this node shows: the seed's view, and the seed itself unreachable when only this node can know that.</summary>
    public MembershipView Seen { get; private set; } = MembershipView.Empty;

    /// <summary>Joins the node at that address. A node that joins itself is the seed; its epoch must be later than that of an earlier one.</summary>
    public IReadOnlyList<MembershipInstruction> JoinSeed(Address seed, long epoch)
    {
        if (Mode is MembershipMode.Idle or MembershipMode.Joining)
        {
            _seedAddress = seed;
            if (seed.Equals(self.Address))
                Lead(epoch);
            else
                Ask();
        }
        return Take();
    }

    public IReadOnlyList<MembershipInstruction> Receive(MembershipMessage message)
    {
        switch (Mode, message)
        {
            case (MembershipMode.Seed, Join join):
                Admit(join);
                break;
            case (MembershipMode.Seed, Poll poll):
                Answer(poll);
                break;
            case (MembershipMode.Seed, Leave leave):
                BeginLeaving(leave.Address);
                break;
            case (MembershipMode.Seed, Down down):
                TakeDown(down.Address);
                break;
            case (MembershipMode.Seed, ExitingConfirmed confirmed):
                FinishLeaving(confirmed.Node);
                break;
            case (MembershipMode.Member, Join or Down):
            case (MembershipMode.Member, Leave other) when !other.Address.Equals(self.Address):
                Tell(_seedAddress, message);
                break;
            case (MembershipMode.Member, Leave):
                _wantsToLeave = true;
                Tell(_seedAddress, message);
                LeaveAlone();
                break;
            case (MembershipMode.Member, ExitingConfirmed { Node: var node }) when node.Equals(self):
                _exitConfirmed = true;
                Tell(_seedAddress, message);
                LeaveAlone();
                break;
            case (MembershipMode.Idle or MembershipMode.Joining, Leave or Down):
                Terminate(downed: message is Down);
                break;
            case (MembershipMode.Joining or MembershipMode.Member, ViewChanged changed):
                Follow(changed.View, changed.Merged);
                break;
            case (MembershipMode.Joining, Rejoin rejoin):
                _seedAddress = rejoin.Seed.Address; // we may have asked a member, which passed it on
                Ask();
                break;
            case (MembershipMode.Member, Rejoin rejoin) when rejoin.Seed.Address.Equals(_seedAddress):
                Ask();
                break;
        }
        return Take();
    }

    /// <summary>No heartbeat of a monitored node for too long.</summary>
    public IReadOnlyList<MembershipInstruction> Silent(UniqueAddress node)
    {
        if (Mode == MembershipMode.Seed && View.Find(node) is { } member && !View.Unreachable.Contains(node))
        {
            Change(member.Status == MemberStatus.Exiting
                ? View.Remove(node, MemberStatus.Exiting)
                : View with { Unreachable = View.Unreachable.Add(node) });
        }
        else if (Mode == MembershipMode.Member && node.Equals(View.Seed) && !_seedSilent)
        {
            _seedSilent = true;
            Show();
            LeaveAlone();
        }
        return Take();
    }

    /// <summary>A monitored node that was silent is heard again.</summary>
    public IReadOnlyList<MembershipInstruction> Spoke(UniqueAddress node)
    {
        if (Mode == MembershipMode.Seed && View.Unreachable.Contains(node))
        {
            Change(View with { Unreachable = View.Unreachable.Remove(node) });
        }
        else if (Mode == MembershipMode.Member && node.Equals(View.Seed) && _seedSilent)
        {
            _seedSilent = false;
            Show();
            Tick();
        }
        return Take();
    }

    /// <summary>The seed let it be known that this incarnation is not wanted any more.</summary>
    public IReadOnlyList<MembershipInstruction> Refused(Address by)
    {
        if (Mode == MembershipMode.Member && by.Equals(_seedAddress))
            Terminate(downed: true);
        return Take();
    }

    /// <summary>Time to repeat what may have been lost.</summary>
    public IReadOnlyList<MembershipInstruction> Ticked()
    {
        Tick();
        return Take();
    }

    public IReadOnlyList<MembershipInstruction> Stop()
    {
        Terminate(downed: false);
        return Take();
    }

    private void Tick()
    {
        if (Mode == MembershipMode.Joining)
        {
            Ask();
        }
        else if (Mode == MembershipMode.Member)
        {
            Tell(_seedAddress, new Poll(self, View.Stamp));
            if (_exitConfirmed)
                Tell(_seedAddress, new ExitingConfirmed(self));
            else if (_wantsToLeave && !_exitBegun)
                Tell(_seedAddress, new Leave(self.Address));
        }
    }

    private void Ask()
    {
        if (Mode == MembershipMode.Idle)
            Mode = MembershipMode.Joining;
        Tell(_seedAddress, new Join(self, roles, View));
    }

    private void Follow(MembershipView view, ViewStamp merged)
    {
        if (Mode == MembershipMode.Joining)
            _seedAddress = view.Seed.Address;
        var isOfNewSeed = !view.Seed.Equals(View.Seed);
        if (!view.Seed.Address.Equals(_seedAddress) || !isOfNewSeed && !view.IsNewerThan(View))
            return;
        var removed = view.FindRemoval(self);
        if (isOfNewSeed && merged != View.Stamp || removed is null && view.Find(self) is null)
        {
            if (removed is null)
                Ask();
            else
                Terminate(downed: removed.From == MemberStatus.Down);
            return;
        }
        Mode = MembershipMode.Member;
        if (isOfNewSeed || view.Find(view.Seed) is null)
            _seedSilent = false;
        View = view;
        Show();
        Progress();
        if (removed is not null)
            Terminate(downed: removed.From == MemberStatus.Down);
        else
            LeaveAlone();
    }

    /// <summary>Who is on its way out does not wait for a seed that is not there to show it out.</summary>
    private void LeaveAlone()
    {
        if (Mode == MembershipMode.Member && (_wantsToLeave || _exitConfirmed) && (_seedSilent || View.Find(View.Seed) is null))
            Terminate(downed: false);
    }

    private void Lead(long epoch)
    {
        Mode = MembershipMode.Seed;
        var joining = new Member(self, Member.NotUpYet, MemberStatus.Joining, roles);
        Change((View with { Epoch = epoch, Seed = self }).Put(joining));
    }

    private void Admit(Join join)
    {
        var node = join.Node;
        if (node.Address.Equals(self.Address))
            return;
        var view = View;
        if (join.Known.Seed is { } led && !led.Equals(self) && led.Address.Equals(self.Address))
        {
            // An epoch is a time; the clock of the last incarnation may have been ahead of ours.
            if (join.Known.Epoch >= view.Epoch)
                view = view with { Epoch = join.Known.Epoch + 1 };
            view = view.Adopt(join.Known);
        }
        if (view.FindRemoval(node) is null)
        {
            if (!self.Equals(join.Known.Seed))
                _joined[node] = join.Known.Stamp;
            if (view.Find(node) is null)
            {
                if (view.At(node.Address) is { } before)
                    view = view.Remove(before.UniqueAddress, MemberStatus.Down);
                view = view.Put(new Member(node, Member.NotUpYet, MemberStatus.Joining, join.Roles));
            }
        }
        if (ReferenceEquals(view, View))
            TellView(node);
        else
            Change(view, alsoTell: node);
    }

    private void Answer(Poll poll)
    {
        if (!_joined.ContainsKey(poll.Node) && View.FindRemoval(poll.Node) is null)
            Tell(poll.Node.Address, new Rejoin(self));
        else if (poll.Newest != View.Stamp)
            TellView(poll.Node);
    }

    private void BeginLeaving(Address address)
    {
        if (View.At(address) is not { Status: not MemberStatus.Exiting } member)
            return;
        Change(View.Unreachable.Contains(member.UniqueAddress)
            ? View.Remove(member.UniqueAddress, MemberStatus.Exiting)
            : View.Put(member.Copy(MemberStatus.Exiting)));
    }

    private void FinishLeaving(UniqueAddress node)
    {
        if (View.Find(node) is { Status: MemberStatus.Exiting })
            Change(View.Remove(node, MemberStatus.Exiting));
    }

    private void TakeDown(Address address)
    {
        if (View.At(address) is { } member)
            Change(View.Remove(member.UniqueAddress, MemberStatus.Down));
    }

    /// <summary>Of the seed: makes the changed view the next version and tells all who joined, the ones that it removes too.</summary>
    private void Change(MembershipView changed, UniqueAddress alsoTell = null)
    {
        var before = View;
        View = changed.Promote(minimumMembers) with { Version = before.Version + 1 };
        var told = new SortedSet<UniqueAddress>();
        foreach (var (node, _) in before.Members)
            told.Add(node);
        foreach (var (node, _) in View.Members)
            told.Add(node);
        if (alsoTell is not null)
            told.Add(alsoTell);
        foreach (var node in told)
        {
            if (node.Equals(self) || ReplacedAt(node))
                continue;
            if (_joined.ContainsKey(node) || node.Equals(alsoTell))
                TellView(node);
            else
                Tell(node.Address, new Rejoin(self));
        }
        foreach (var (node, _) in _joined)
        {
            if (View.Find(node) is null)
                _joined.Remove(node);
        }
        Show();
        Progress();
        if (View.FindRemoval(self) is { } removed)
            Terminate(downed: removed.From == MemberStatus.Down);

        bool ReplacedAt(UniqueAddress node) => View.Find(node) is null && View.At(node.Address) is not null;
    }

    /// <summary>Publishes what this node sees now, and monitors whom it has to: the seed everybody, everybody the seed.</summary>
    private void Show()
    {
        var before = Seen;
        Seen = _seedSilent && View.Find(View.Seed) is not null
            ? View with { Unreachable = View.Unreachable.Add(View.Seed) }
            : View;
        var wasMonitored = Monitored(before);
        var isMonitored = Monitored(Seen);
        foreach (var node in wasMonitored.Except(isMonitored))
            _instructions.Add(new MembershipInstruction.StopMonitoring(node));
        if (!ReferenceEquals(before, Seen))
            _instructions.Add(new MembershipInstruction.Publish(before, Seen));
        foreach (var node in isMonitored.Except(wasMonitored))
            _instructions.Add(new MembershipInstruction.Monitor(node));
        foreach (var (node, _) in before.Members)
        {
            if (!node.Equals(self) && Seen.FindRemoval(node) is { From: MemberStatus.Down })
                _instructions.Add(new MembershipInstruction.Quarantine(node));
        }
    }

    private List<UniqueAddress> Monitored(MembershipView view)
    {
        var monitored = new List<UniqueAddress>();
        foreach (var (node, _) in view.Members)
        {
            if (Mode == MembershipMode.Seed ? !node.Equals(self) : Mode == MembershipMode.Member && node.Equals(view.Seed))
                monitored.Add(node);
        }
        return monitored;
    }

    private void Progress()
    {
        if (!_exitBegun && View.Find(self) is { Status: MemberStatus.Exiting })
        {
            _exitBegun = true;
            _instructions.Add(new MembershipInstruction.BeginExit());
        }
    }

    private void Terminate(bool downed)
    {
        if (Mode == MembershipMode.Terminated)
            return;
        foreach (var node in Monitored(Seen))
            _instructions.Add(new MembershipInstruction.StopMonitoring(node));
        Mode = MembershipMode.Terminated;
        if (Seen.Find(self) is not null)
        {
            var before = Seen;
            Seen = Seen.Remove(self, downed ? MemberStatus.Down : MemberStatus.Exiting);
            _instructions.Add(new MembershipInstruction.Publish(before, Seen));
        }
        _instructions.Add(new MembershipInstruction.ShutDown(downed));
    }

    private void TellView(UniqueAddress node) =>
        Tell(node.Address, new ViewChanged(View, _joined.GetValueOrDefault(node, ViewStamp.None)));

    private void Tell(Address to, MembershipMessage message) =>
        _instructions.Add(new MembershipInstruction.Send(to, message));

    private List<MembershipInstruction> Take()
    {
        var taken = new List<MembershipInstruction>(_instructions);
        _instructions.Clear();
        return taken;
    }
}
