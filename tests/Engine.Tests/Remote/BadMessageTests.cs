using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace ActorCompute.Engine.Tests.Remote;

/// <summary>A message that cannot travel costs that message: it is logged, the connection lives.</summary>
public class BadMessageTests : IAsyncLifetime
{
    private readonly RemoteNode _here = new("here");
    private readonly RemoteNode _there = new("there");
    private IActorRef _echo;

    public async Task InitializeAsync()
    {
        _echo = _here.Resolve(_there, _there.Echo());
        await Answers("before");
    }

    public async Task DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task NoSerializer_IsAnErrorAndADeadLetterAtTheSender()
    {
        _echo.Tell(new Unknown(), ActorRefs.NoSender);

        await _here.When<Error>(e => e.Message.ToString().Contains(typeof(Unknown).FullName));
        await _here.When<DeadLetter>(e => e.Message is Unknown);
        await LivesOn();
    }

    [Fact]
    public async Task SerializerThrows_IsAnErrorAndADeadLetterAtTheSender()
    {
        _echo.Tell(new Parcel(Parcel.FailsToWrite), ActorRefs.NoSender);

        await _here.When<Error>(e => e.Message.ToString().Contains("cannot write this one"));
        await _here.When<DeadLetter>(e => e.Message is Parcel);
        await LivesOn();
    }

    [Fact]
    public async Task DeserializerThrows_NamesRecipientSerializerAndManifest()
    {
        _echo.Tell(new Parcel(Parcel.FailsToRead), ActorRefs.NoSender);

        var error = await _there.When<Error>(e => e.Message.ToString().Contains("cannot read this one"));
        Assert.Contains(_echo.Path.Name, error.Message.ToString());
        Assert.Contains("9001", error.Message.ToString());
        Assert.Contains("'parcel'", error.Message.ToString());
        await LivesOn();
    }

    [Fact]
    public async Task LongerThanAFrame_IsAnErrorThatNamesTheSettingAndGoesNowhere()
    {
        _echo.Tell(new Parcel(new string('x', _here.Hub.Settings.MaximumFrameSize)), ActorRefs.NoSender);

        var error = await _here.When<Error>(e => e.Message.ToString().Contains("maximum-frame-size"));
        Assert.Contains(typeof(Parcel).FullName, error.Message.ToString());
        await LivesOn();
        Assert.Empty(_here.Seen<DeadLetter>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)] // about what names and numbers take
    [InlineData(5_000)]
    public async Task AboutAsLongAsAFrameMayBe_ArrivesOrIsRefusedHere(int lessThanAFrame)
    {
        var parcel = new Parcel(new string('x', _here.Hub.Settings.MaximumFrameSize - lessThanAFrame));
        var answer = _echo.Ask<Parcel>(parcel, RemoteNode.Patience);
        var refused = _here.When<Error>(e => e.Message.ToString().Contains("maximum-frame-size"));

        await Task.WhenAny(answer, refused);

        Assert.True(lessThanAFrame < 1000 || answer.IsCompletedSuccessfully);
        await LivesOn();
    }

    [Fact]
    public async Task StatusFailure_ArrivesAsItsText()
    {
        var thrower = _there.System.ActorOf(Props.Create(() => new Failing()));

        var failure = await Assert.ThrowsAnyAsync<AkkaException>(
            () => _here.Resolve(_there, thrower).Ask<string>("?", RemoteNode.Patience));

        Assert.Contains("ArgumentException", failure.Message);
        Assert.Contains("not like this", failure.Message);
    }

    private async Task LivesOn()
    {
        await Answers("after");
        Assert.Empty(_here.Seen<DisassociatedEvent>());
        Assert.Empty(_there.Seen<DisassociatedEvent>());
    }

    private async Task Answers(string text) => Assert.Equal(text, await _echo.Ask<string>(text, RemoteNode.Patience));

    private sealed class Failing : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(new Status.Failure(new ArgumentException("not like this")));
    }
}
