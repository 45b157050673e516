using ActorCompute.Support;
using Akka.Actor;

namespace ActorCompute.Engine.Conformance.Support;

/// <summary>A node that is a process of its own (tests/Engine.Conformance.Node). Disposing kills it.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const string Program = "ActorCompute.Engine.Conformance.Node";

    // Lines of its own; others are the engine's log.
    private const string Own = "node: ";

    // A machine that is busy with other things delays whole processes.
    private const string Patient =
        """
        akka.remote.watch-failure-detector.acceptable-heartbeat-pause = 3 s
        akka.cluster.failure-detector.acceptable-heartbeat-pause = 3 s
        """;

    private readonly RunningProgram _program;

    private NodeProcess(RunningProgram program, Address address) => (_program, Address) = (program, address);

    public Address Address { get; }

    public string Path => Address + "/user/";

    /// <summary>For the systems of the specs themselves, so that all detect failures alike.</summary>
    public static string Detectors => Patient;

    public static Task<NodeProcess> StartRemote(string config = "") => Start($"akka.actor.provider = remote\n{config}");

    /// <summary>Starts a member that is up when the task ends.</summary>
    /// <param name="seed">Whom it joins; null for itself.</param>
    /// <param name="role">Its role.</param>
    /// <param name="port">Its port, 0 for any.</param>
    public static async Task<NodeProcess> StartMember(Address seed, string role, int port = 0)
    {
        var node = await Start($"akka.actor.provider = cluster\nakka.cluster.roles = [\"{role}\"]\nakka.remote.dot-netty.tcp.port = {port}", seed?.ToString() ?? "self");
        try
        {
            await node.Says("up ");
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a line of its output, written already or to come.</summary>
    public Task<string> Says(string start) =>
        _program.WaitForLineAsync(_program.Output, line => line.StartsWith(Own + start, StringComparison.Ordinal), $"'{start}' of {Address}");

    public async Task<IActorRef> Find(ActorSystem from, string name) => await Eventually.Get(
        async () =>
        {
            try
            {
                return await from.ActorSelection(Path + name).ResolveOne(TimeSpan.FromMilliseconds(500));
            }
            catch (ActorNotFoundException)
            {
                return null; // asked too early, or the question got lost
            }
        },
        $"{name} at {Address}");

    /// <summary>SIGKILL; it is gone when the task ends.</summary>
    public async Task Kill()
    {
        _program.Kill();
        await _program.WaitAsync("the killed node");
    }

    public void Send(int signal) => Signal.Send(_program.Id, signal);

    /// <summary>Waits for its end, which must be a clean one; what it said.</summary>
    public async Task<IEnumerable<string>> EndedWell() =>
        from line in (await _program.WaitAsync("the node that was asked to end")).AssertExit(0).Output
        where line.StartsWith(Own, StringComparison.Ordinal)
        select line[Own.Length..];

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static async Task<NodeProcess> Start(string config, params string[] seed)
    {
        const string start = Own + "listening ";
        var program = RunningProgram.Start("Engine.Conformance.Node", Program, ["sys", $"{Systems.Common}\n{Patient}\n{config}", .. seed]);
        try
        {
            var line = await program.WaitForLineAsync(program.Output, line => line.StartsWith(start, StringComparison.Ordinal), "a node's address");
            return new(program, Address.Parse(line[start.Length..]));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }
}
