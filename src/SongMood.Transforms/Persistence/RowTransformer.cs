using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace SongMood.Persistence;

/// <summary>ML.NET's side of a component: the base class, the mapper and the file that only ML.NET's own assemblies may use.</summary>
internal sealed class RowTransformer(IHostEnvironment env, string name, IRowComponent component)
    : RowToRowTransformerBase(env.Register(name))
{
    /// <summary>Writes a warning to ML.NET's log (<c>MLContext.Log</c>).</summary>
    public void Warn(string message)
    {
        using var channel = Host.Start(name);
        channel.Warning(message);
    }

    /// <summary>Called by ML.NET when a model is saved.</summary>
    protected override void SaveModel(ModelSaveContext ctx) => ComponentFile.Save(ctx, component.Saved, component.GetType().Assembly);

    /// <summary>Called by ML.NET when data of this schema is transformed.</summary>
    protected override IRowMapper MakeRowMapper(DataViewSchema schema) => new Mapper(this, schema, component.Bind(schema));

    /// <summary>What ML.NET asks of a transformer that is bound to an input schema.</summary>
    private sealed class Mapper(RowTransformer parent, DataViewSchema schema, BoundComponent bound)
        : MapperBase(parent.Host, schema, parent)
    {
        protected override DataViewSchema.DetachedColumn[] GetOutputColumnsCore() => bound.Outputs;

        protected override Delegate MakeGetter(DataViewRow input, int iinfo, Func<int, bool> activeOutput, out Action? disposer)
        {
            disposer = null;
            return bound.MakeGetter(input, iinfo);
        }

        protected override Func<int, bool> GetDependenciesCore(Func<int, bool> activeOutput) =>
            column => bound.Inputs.Any(input => input.Index == column) && Enumerable.Range(0, bound.Outputs.Length).Any(activeOutput);

        protected override void SaveModel(ModelSaveContext ctx) => parent.SaveModel(ctx);
    }
}
