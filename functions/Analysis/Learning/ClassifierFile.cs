using System.IO.Compression;
using System.Text;

namespace Crm.Analysis.Learning;

/// <summary>A classifier as bytes: little-endian, compressed by Brotli.</summary>
public static class ClassifierFile
{
    public const string ContentType = "application/octet-stream";

    private const int Format = 1;

    public static byte[] Write(TextClassifier classifier)
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(packed, Encoding.UTF8))
        {
            writer.Write(Format);
            writer.Write(classifier.Sharpness);
            writer.Write(classifier.LeastMargin);
            var columns = classifier.Vocabulary.Rarity.Count;
            writer.Write(columns);
            foreach (var (bucket, _) in classifier.Vocabulary.Columns.OrderBy(c => c.Value)) writer.Write(bucket);
            foreach (var rarity in classifier.Vocabulary.Rarity) writer.Write(rarity);
            writer.Write(classifier.Labels.Count);
            for (var i = 0; i < classifier.Labels.Count; i++)
            {
                var (weights, scale, bias) = classifier.Of(i);
                writer.Write(classifier.Labels[i]);
                writer.Write(scale);
                writer.Write(bias);
                foreach (var weight in weights) writer.Write(weight);
            }
        }
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Written by another version of this program.</exception>
    public static TextClassifier Read(Stream stream)
    {
        using var packed = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new BinaryReader(packed, Encoding.UTF8);
        if (reader.ReadInt32() != Format) throw new InvalidDataException("The model is of another format.");
        var sharpness = reader.ReadDouble();
        var leastMargin = reader.ReadDouble();
        var columns = reader.ReadInt32();
        var places = new Dictionary<int, int>(columns);
        for (var i = 0; i < columns; i++) places[reader.ReadInt32()] = i;
        var rarity = new float[columns];
        for (var i = 0; i < columns; i++) rarity[i] = reader.ReadSingle();
        var labels = new string[reader.ReadInt32()];
        var weights = new sbyte[labels.Length][];
        var scales = new float[labels.Length];
        var biases = new float[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = reader.ReadString();
            scales[i] = reader.ReadSingle();
            biases[i] = reader.ReadSingle();
            weights[i] = Array.ConvertAll(reader.ReadBytes(columns), b => unchecked((sbyte)b));
        }
        return new(labels, new Vocabulary(places, rarity), weights, scales, biases, sharpness, leastMargin);
    }
}
