using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

// MODEL DATA COLUMN: loads a model file with plain ML.NET, runs it over a binary data view, and prints for each row how many
// values the column has and a hash of their bits.
var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
foreach (var row in model.Transform(ml.Data.LoadFromBinary(args[1])).GetColumn<VBuffer<float>>(args[2]))
{
    var values = row.DenseValues().ToArray();
    Console.WriteLine($"{values.Length} {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)))}");
}
