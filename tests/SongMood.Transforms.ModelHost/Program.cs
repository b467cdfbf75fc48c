using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;

// MODEL DATA COLUMN...: loads a model file with plain ML.NET, runs it over a binary data view, and prints for each column and row
// how many values there are and a hash of their bits.
var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var scored = model.Transform(ml.Data.LoadFromBinary(args[1]));
foreach (var column in args[2..])
    foreach (var row in scored.GetColumn<VBuffer<float>>(column))
    {
        var values = row.DenseValues().ToArray();
        Console.WriteLine($"{column} {values.Length} {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)))}");
    }
