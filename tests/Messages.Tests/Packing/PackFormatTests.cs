using System.Buffers;
using ActorCompute.Messages.Packing;

namespace ActorCompute.Messages.Tests.Packing;

public sealed class PackFormatTests
{
    /// <summary>Lengths around each place where the tag takes one byte more.</summary>
    [Fact]
    public void Read_WhatWasWritten_IsThat()
    {
        int[] lengths = [0, 1, 62, 63, 64, 65, 8191, 8192, 8193, 1 << 20, (1 << 20) + 1, 0, 5];
        var writer = new PackWriter();
        var values = lengths.Select((length, i) => (Bytes: Enumerable.Range(0, length).Select(n => (byte)(n * 7 + i)).ToArray(), Failed: i % 3 == 1)).ToList();
        foreach (var (bytes, failed) in values)
        {
            writer.Begin();
            writer.Write(bytes);
            writer.End(failed);
        }

        var offset = 0;
        foreach (var (bytes, failed) in values)
        {
            Assert.True(bytes.AsSpan().SequenceEqual(PackFormat.Read(writer.Written, ref offset, out var isFailed)));
            Assert.Equal(failed, isFailed);
        }

        Assert.Equal(writer.Written.Length, offset);
    }

    [Fact]
    public void Begin_AfterOneThatWasNotEnded_ForgetsIt()
    {
        var writer = new PackWriter();
        writer.Begin();
        writer.Write("half"u8);
        writer.Begin();
        writer.Write("whole"u8);
        writer.End();
        var offset = 0;
        Assert.Equal("whole"u8, PackFormat.Read(writer.Written, ref offset, out _));
        Assert.Equal(writer.Written.Length, offset);
        writer.Clear();
        Assert.Equal(0, writer.Written.Length);
    }

    [Fact]
    public void Add_NumbersAndOthers_AreWhatTheCodecWrites()
    {
        var (added, written) = (new PackWriter(), new PackWriter());
        for (var i = 0; i < 300; i++)
        {
            Both(long.MinValue + i);
            Both(ulong.MaxValue - (ulong)i);
            Both(-i);
            Both((uint)i);
            Both(i % 2 == 0);
            Both(i / 7.0);
            Both(new string('a', i));
        }

        Assert.Equal(written.Written, added.Written);

        void Both<T>(T value)
        {
            added.Add(value);
            written.Begin();
            ValueCodec<T>.Instance.Write(value, written);
            written.End();
        }
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x80 })]
    [InlineData(new byte[] { 4, 1 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f, 1 })]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 })]
    public void Read_Broken_ThrowsAndSaysWhere(byte[] pack)
    {
        var error = Assert.Throws<BrokenPackException>(() =>
        {
            var offset = 0;
            PackFormat.Read(pack, ref offset, out _);
        });
        Assert.Contains("at byte 0", error.Message, StringComparison.Ordinal);
    }
}
