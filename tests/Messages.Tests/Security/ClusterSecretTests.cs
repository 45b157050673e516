namespace ActorCompute.Messages.Tests.Security;

public sealed class ClusterSecretTests
{
    private readonly ClusterSecret _secret = ClusterSecret.Create();

    [Fact]
    public void Create_EachTime_IsAnotherOf256Bits()
    {
        Assert.Equal(64, _secret.Text.Length);
        Assert.NotEqual(_secret.Text, ClusterSecret.Create().Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen letters")]
    [InlineData("      spaces      ")]
    public void FromText_TooShort_IsBadInput(string text) =>
        Assert.Contains("at least 16", Assert.Throws<InputException>(() => ClusterSecret.FromText(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void FromText_SpacesAndLineEndAround_AreNoPartOfIt()
    {
        var one = ClusterSecret.FromText("a secret of a person");
        var other = ClusterSecret.FromText(" a secret of a person\n");
        Assert.Equal(one.Prove(ProofPurpose.OpenJob, "x"), other.Prove(ProofPurpose.OpenJob, "x"));
    }

    [Fact]
    public void Verify_OwnProof_IsTrue()
    {
        var nonce = ClusterSecret.CreateNonce();
        Assert.True(_secret.Verify(ProofPurpose.RegisterWorker, "w", nonce, _secret.Prove(ProofPurpose.RegisterWorker, "w", nonce)));
        Assert.True(ClusterSecret.FromText(_secret.Text).Verify(ProofPurpose.OpenJob, "j", default, _secret.Prove(ProofPurpose.OpenJob, "j")));
    }

    [Fact]
    public void Verify_AnythingElse_IsFalse()
    {
        var nonce = ClusterSecret.CreateNonce();
        var proof = _secret.Prove(ProofPurpose.RegisterWorker, "w", nonce);
        foreach (var purpose in Enum.GetValues<ProofPurpose>().Except([ProofPurpose.RegisterWorker])) Assert.False(_secret.Verify(purpose, "w", nonce, proof));
        Assert.False(_secret.Verify(ProofPurpose.RegisterWorker, "v", nonce, proof));
        Assert.False(_secret.Verify(ProofPurpose.RegisterWorker, "w", ClusterSecret.CreateNonce(), proof));
        Assert.False(_secret.Verify(ProofPurpose.RegisterWorker, "w", default, proof));
        Assert.False(ClusterSecret.Create().Verify(ProofPurpose.RegisterWorker, "w", nonce, proof));
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= 1;
            Assert.False(_secret.Verify(ProofPurpose.RegisterWorker, "w", nonce, proof));
            proof[i] ^= 1;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(1_000_000)]
    public void Verify_ProofOfAnotherLength_IsFalse(int length) => Assert.False(_secret.Verify(ProofPurpose.OpenJob, "j", default, new byte[length]));

    [Fact]
    public void Prove_PartsShiftedAcrossTheirBorders_AreOtherProofs() =>
        // A line end in an id must not make it look like a shorter id with a longer nonce.
        Assert.NotEqual(
            _secret.Prove(ProofPurpose.RegisterWorker, "w", "x\nrest"u8),
            _secret.Prove(ProofPurpose.RegisterWorker, "w\nx", "rest"u8));

    [Fact]
    public void CreateNonce_EachTime_IsAnotherOf16Bytes()
    {
        Assert.Equal(16, ClusterSecret.CreateNonce().Length);
        Assert.NotEqual(ClusterSecret.CreateNonce(), ClusterSecret.CreateNonce());
    }
}
