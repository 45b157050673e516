namespace ActorCompute;

/// <summary>Where a shared value can be had.</summary>
/// <param name="Id">Which it is. Whoever knows it may have the value, so it cannot be guessed.</param>
/// <param name="Holder">The path of the actor that has it, in the client that shares it.</param>
/// <param name="Length">Bytes of it, as it travels.</param>
/// <param name="Crc32C">Their checksum.</param>
internal sealed record SharedReference(string Id, string Holder, long Length, uint Crc32C);
