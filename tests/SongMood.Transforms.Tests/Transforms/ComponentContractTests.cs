using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using SongMood.Transforms;
using Shape = Microsoft.ML.SchemaShape.Column;

namespace SongMood.Transforms.Tests.Transforms;

/// <summary>What every component must keep to, whatever it computes.</summary>
public sealed class ComponentContractTests(ContractData data) : IClassFixture<ContractData>
{
    private const string Output = "Out";
    private const int HexDigitsPerValue = 8;
    private readonly MLContext _ml = data.Ml;

    public static TheoryData<string> Cases => ContractCases.Names;

    public static TheoryData<string> CasesOfBoundedAllocation =>
        [.. ContractCases.All.Keys.Where(name => ContractCases.MostAllocatedBytes(name) is not null)];

    private IEstimator<ITransformer> Make(string name, string output = Output, string? input = null) =>
        ContractCases.All[name].Make(_ml.Transforms, output, input ?? ContractCases.All[name].Input);

    [Fact]
    public void Every_component_is_held_to_the_contract()
    {
        var components = ContractCases.Components.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ComponentTransformer)) && !type.IsAbstract)
            .Select(type => type.Name.Replace("Transformer", "")).ToArray();
        Assert.NotEmpty(components);
        Assert.Empty(components.Except(ContractCases.All.Keys.Select(name => name.Split(',')[0])));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_schema_promised_is_the_schema_got(string name)
    {
        var estimator = Make(name);
        var promised = estimator.GetOutputSchema(ShapeOf(data.View.Schema)).Single(column => column.Name == Output);
        var transformer = estimator.Fit(data.View);
        var foretold = transformer.GetOutputSchema(data.View.Schema)[Output];
        var got = transformer.Transform(data.View).Schema[Output];

        Assert.Equal(Describe(ShapeOf(got)), Describe(promised));
        Assert.Equal(got.Type, foretold.Type);
        Assert.Equal(AnnotationsOf(got), AnnotationsOf(foretold));
        var type = Assert.IsType<VectorDataViewType>(got.Type);
        foreach (var length in ReadAll(transformer.Transform(data.View)).Values.Select(bits => bits.Length / HexDigitsPerValue))
            if (type.IsKnownSize)
                Assert.Equal(type.Size, length);
            else if (type.Dimensions.Length == 2)
                Assert.Equal(0, length % type.Dimensions[0]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_wrong_input_is_refused_at_fit_and_at_transform_with_the_column_named(string name)
    {
        var transformer = Make(name).Fit(data.View);
        foreach (var wrong in new[] { "Number", "NotThere" })
        {
            var estimator = Make(name, Output, wrong);
            Assert.Contains($"'{wrong}'", Assert.Throws<ArgumentException>(() => estimator.Fit(data.View)).Message);
            Assert.Contains($"'{wrong}'",
                Assert.Throws<ArgumentException>(() => estimator.GetOutputSchema(ShapeOf(data.View.Schema))).Message);
        }
        var input = ContractCases.All[name].Input;
        var otherData = _ml.Transforms.CopyColumns(input, "Number").Fit(data.View).Transform(data.View);
        Assert.Contains($"'{input}'", Assert.Throws<ArgumentException>(() => transformer.Transform(otherData)).Message);
        Assert.Contains($"'{input}'", Assert.Throws<ArgumentException>(() => transformer.GetOutputSchema(otherData.Schema)).Message);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loaded_component_computes_the_same_bits(string name)
    {
        var transformer = Make(name).Fit(data.View);
        using var file = new MemoryStream();
        _ml.Model.Save(transformer, data.View.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);

        var (expected, actual) = (transformer.Transform(data.View), loaded.Transform(data.View));
        Assert.Equal(expected.Schema[Output].Type, actual.Schema[Output].Type);
        Assert.Equal(AnnotationsOf(expected.Schema[Output]), AnnotationsOf(actual.Schema[Output]));
        AssertSameBits(ReadAll(expected), ReadAll(actual));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Cursors_may_run_at_once(string name)
    {
        const int Threads = 4, Repeats = 20;
        var transformed = Make(name).Fit(data.View).Transform(data.View);
        var expected = ReadAll(transformed);

        // All rows on every thread, over and over: cursors that shared a buffer would spoil one another's numbers.
        using var start = new Barrier(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(() =>
        {
            using var cursor = transformed.GetRowCursorSet(transformed.Schema, 1).Single();
            start.SignalAndWait(TestContext.Current.CancellationToken);
            AssertSameBits(expected, Read(cursor, Repeats));
        }, TaskCreationOptions.LongRunning)));

        // And as ML.NET deals rows out to cursors of one set.
        var cursors = transformed.GetRowCursorSet(transformed.Schema, Threads);
        Assert.Equal(Threads, cursors.Length);
        var parts = await Task.WhenAll(cursors.Select(cursor => Task.Run(() =>
        {
            using (cursor)
                return Read(cursor);
        })));
        AssertSameBits(expected, parts.SelectMany(part => part).ToDictionary(row => row.Key, row => row.Value));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Inputs_are_left_alone_and_dirty_targets_do_not_matter(string name)
    {
        var input = ContractCases.All[name].Input;
        var transformed = Make(name).Fit(data.View).Transform(data.View);
        var expected = ReadAll(transformed);
        // A set of one: a plain cursor may be ML.NET's own, which copies what parallel ones computed.
        using var cursor = transformed.GetRowCursorSet(transformed.Schema, 1).Single();
        var getOutput = cursor.GetGetter<VBuffer<float>>(transformed.Schema[Output]);
        var getId = cursor.GetIdGetter();
        Func<string> readInput = transformed.Schema[input].Type switch
        {
            TextDataViewType => () => Get<ReadOnlyMemory<char>>().ToString(),
            VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Byte =>
                () => Convert.ToHexString(Get<VBuffer<byte>>().DenseValues().ToArray()),
            _ => () => Bits(Get<VBuffer<float>>()),
        };
        while (cursor.MoveNext())
        {
            var before = readInput();
            DataViewRowId id = default;
            getId(ref id);
            var full = new VBuffer<float>(30_000, Enumerable.Repeat(7f, 30_000).ToArray());
            foreach (var dirty in new[] { default, new VBuffer<float>(3, [1, 2, 3]),
                new VBuffer<float>(100_000, 2, [7, 8], [5, 99_999]), full })
            {
                var target = dirty;
                getOutput(ref target);
                Assert.True(target.IsDense);
                Assert.Equal(expected[id], Bits(target));
            }
            Assert.Equal(before, readInput());
        }

        T Get<T>()
        {
            T value = default!;
            cursor.GetGetter<T>(transformed.Schema[input])(ref value);
            return value;
        }
    }

    [Theory]
    [MemberData(nameof(CasesOfBoundedAllocation))]
    public void A_warm_cursor_allocates_nothing_or_as_little_as_is_said(string name)
    {
        var transformed = Make(name).Fit(data.View).Transform(data.View);
        using var cursor = transformed.GetRowCursorSet(transformed.Schema, 1).Single();
        var get = cursor.GetGetter<VBuffer<float>>(transformed.Schema[Output]);
        var target = default(VBuffer<float>);
        Assert.True(cursor.MoveNext());
        get(ref target);
        get(ref target);
        var before = GC.GetAllocatedBytesForCurrentThread();
        get(ref target);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, ContractCases.MostAllocatedBytes(name)!.Value);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_may_take_the_inputs_name(string name)
    {
        var copied = _ml.Transforms.CopyColumns(Output, ContractCases.All[name].Input).Fit(data.View).Transform(data.View);
        var replaced = Make(name, Output, Output).Fit(copied).Transform(copied);
        AssertSameBits(ReadAll(Make(name).Fit(data.View).Transform(data.View)), ReadAll(replaced));
    }

    private static Dictionary<DataViewRowId, string> ReadAll(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        return Read(cursor);
    }

    private static Dictionary<DataViewRowId, string> Read(DataViewRowCursor cursor, int repeats = 1)
    {
        var rows = new Dictionary<DataViewRowId, string>();
        var get = cursor.GetGetter<VBuffer<float>>(cursor.Schema[Output]);
        var getId = cursor.GetIdGetter();
        var row = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            DataViewRowId id = default;
            getId(ref id);
            for (var i = 0; i < repeats; i++)
            {
                get(ref row);
                if (rows.TryGetValue(id, out var before))
                    Assert.Equal(before, Bits(row));
                rows[id] = Bits(row);
            }
        }
        return rows;
    }

    // Hexadecimal: equal strings are equal bits.
    private static string Bits(VBuffer<float> row) => Convert.ToHexString(MemoryMarshal.AsBytes<float>(row.DenseValues().ToArray()));

    private static void AssertSameBits(Dictionary<DataViewRowId, string> expected, Dictionary<DataViewRowId, string> actual)
    {
        Assert.Equal(ContractData.RowCount, expected.Count);
        Assert.All(expected.Values, bits => Assert.True(bits.Length > HexDigitsPerValue));
        Assert.Equal(expected.OrderBy(row => row.Key.Low), actual.OrderBy(row => row.Key.Low));
    }

    private static SchemaShape ShapeOf(DataViewSchema schema) => FriendShapes.Create(schema);

    private static Shape ShapeOf(DataViewSchema.Column column) => FriendShapes.Create(column);

    private static string Describe(Shape shape) =>
        $"{shape.Kind} of {shape.ItemType}{(shape.IsKey ? " key" : "")} with "
        + $"{string.Join(", ", shape.Annotations.Select(a => $"{a.Name}: {a.Kind} of {a.ItemType}").Order())}";

    private static string AnnotationsOf(DataViewSchema.Column column) => string.Join(", ", column.Annotations.Schema.Select(annotation =>
        $"{annotation.Name} = {annotation.Type switch
        {
            BooleanDataViewType => Value<bool>(column, annotation.Name),
            VectorDataViewType =>
                string.Join(' ',
                ((VBuffer<ReadOnlyMemory<char>>)Value<VBuffer<ReadOnlyMemory<char>>>(column, annotation.Name)).DenseValues()),
            _ => Value<int>(column, annotation.Name),
        }}"));

    private static object Value<T>(DataViewSchema.Column column, string kind)
    {
        T value = default!;
        column.Annotations.GetValue(kind, ref value);
        return value!;
    }
}
