using System.IO.Compression;

namespace ActorCompute.Kernels.Genomics;

/// <summary>Inflates with the zlib-ng inside System.IO.Compression, which every .NET runtime has.</summary>
internal sealed class SystemInflaterProvider() : InflaterProvider("System.IO.Compression", Environment.Version.ToString())
{
    public override IInflater CreateInflater() => RuntimeZlib.Instance is { } zlib ? new Inflater(zlib) : CreateStreamInflater();

    /// <summary>Over the public stream, as where the runtime's library cannot be bound.</summary>
    internal static IInflater CreateStreamInflater() => new StreamInflater();

    internal override IDeflater CreateDeflater(int level) => new Deflater(level);

    public override uint Crc32(ReadOnlySpan<byte> bytes) => Genomics.Crc32.Of(bytes);

    private sealed unsafe class Inflater(RuntimeZlib zlib) : IInflater
    {
        private RuntimeZlib.ZStream* _stream = zlib.Alloc();

        ~Inflater() => Free();

        public InflateOutcome Inflate(GzipMember member, Span<byte> destination)
        {
            ObjectDisposedException.ThrowIf(_stream is null, this);
            var status = zlib.Inflate(_stream, member.Deflated, destination, out var left);
            GC.KeepAlive(this);
            return (status, left) switch
            {
                (RuntimeZlib.StreamEnd, 0) => Genomics.Crc32.Of(destination) == member.Crc32 ? InflateOutcome.Ok : InflateOutcome.CrcMismatch,
                (RuntimeZlib.StreamEnd, _) => InflateOutcome.SizeMismatch,
                (RuntimeZlib.DataError, _) => InflateOutcome.BadData,
                (_, 0) => InflateOutcome.SizeMismatch, // there is more
                _ => InflateOutcome.BadData, // the stream does not end
            };
        }

        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        private void Free()
        {
            if (_stream is not null)
                zlib.Free(_stream);
            _stream = null;
        }
    }

    /// <remarks>
    /// A GZipStream reads members one after the other, so a single stream that is fed member by member serves for all of them
    /// without allocating.
    /// What it says of CRC-32 is not enough: damaged data may go on into the footer, and be taken for all there is.
    /// </remarks>
    private sealed unsafe class StreamInflater : IInflater
    {
        private readonly BlockFeeder _feeder = new();
        private GZipStream? _stream;

        public InflateOutcome Inflate(GzipMember member, Span<byte> destination)
        {
            fixed (byte* start = member.Bytes)
            {
                _feeder.Feed(start, member.Bytes.Length);
                try
                {
                    _stream ??= new GZipStream(_feeder, CompressionMode.Decompress, leaveOpen: true);
                    // Reading on past the last byte makes zlib-ng take the footer in, and shows surplus data.
                    Span<byte> surplus = stackalloc byte[1];
                    if (_stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) == destination.Length
                        && _stream.Read(surplus) == 0 && _feeder.IsEmpty
                        && Genomics.Crc32.Of(destination) == member.Crc32)
                        return InflateOutcome.Ok;
                }
                catch (InvalidDataException)
                {
                }
                finally
                {
                    _feeder.Feed(null, 0);
                }
            }

            // Its state is lost in the middle of a member; the next one starts with a new stream.
            _stream?.Dispose();
            _stream = null;
            return InflateAlone(member, destination);
        }

        public void Dispose() => _stream?.Dispose();

        /// <summary>
        /// Says what is wrong with a member that the long-lived stream refused. It can be right after all: bytes between the
        /// end of the data before it and their footer stay in the stream and spoil this one.
        /// </summary>
        private static InflateOutcome InflateAlone(GzipMember member, Span<byte> destination)
        {
            var feeder = new BlockFeeder();
            var deflated = member.Deflated;
            fixed (byte* start = deflated)
            {
                feeder.Feed(start, deflated.Length);
                try
                {
                    using var stream = new DeflateStream(feeder, CompressionMode.Decompress, leaveOpen: true);
                    if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) != destination.Length
                        || stream.ReadByte() >= 0)
                        return InflateOutcome.SizeMismatch;
                }
                catch (InvalidDataException)
                {
                    return InflateOutcome.BadData;
                }
            }

            return Genomics.Crc32.Of(destination) == member.Crc32 ? InflateOutcome.Ok : InflateOutcome.CrcMismatch;
        }
    }

    private sealed unsafe class Deflater(int level) : IDeflater
    {
        private readonly ZLibCompressionOptions _options = new() { CompressionLevel = level };

        public int Deflate(ReadOnlySpan<byte> source, Span<byte> destination)
        {
            fixed (byte* start = destination)
            {
                using var target = new UnmanagedMemoryStream(start, destination.Length, destination.Length, FileAccess.Write);
                try
                {
                    using (var stream = new DeflateStream(target, _options, leaveOpen: true))
                        stream.Write(source);
                    return (int)target.Position;
                }
                catch (NotSupportedException)
                {
                    return 0; // the fixed memory was full
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
