using ActorCompute.Kernels.Genomics;

namespace ActorCompute.EndToEnd;

/// <summary>A BAM file of many references and no reads.</summary>
internal static class ManyReferences
{
    public static byte[] Bam(int references)
    {
        using var file = new MemoryStream();
        using var writer = new BgzfWriter(file);
        using var content = new MemoryStream();
        using var data = new BinaryWriter(content);
        data.Write("BAM\x01"u8);
        data.Write(0);
        data.Write(references);
        for (var i = 0; i < references; i++)
        {
            var name = System.Text.Encoding.ASCII.GetBytes($"contig{i}\0");
            data.Write(name.Length);
            data.Write(name);
            data.Write(1000);
        }

        writer.Write(content.ToArray());
        writer.Finish();
        return file.ToArray();
    }
}
