using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace SongMood.Tests.Architecture;

/// <summary>The metadata tokens that the code of a method names (ECMA-335, partition III).</summary>
internal static class CodeTokens
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    /// <summary>The tokens of types, methods and fields, in the order of the code.</summary>
    public static List<int> Of(ReadOnlySpan<byte> code)
    {
        var tokens = new List<int>();
        while (!code.IsEmpty)
        {
            int operation = code[0];
            code = code[1..];
            if (operation == 0xFE)
            {
                operation = 0xFE00 | code[0];
                code = code[1..];
            }
            switch (Operands[operation])
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    tokens.Add(BinaryPrimitives.ReadInt32LittleEndian(code));
                    code = code[4..];
                    break;
                case OperandType.InlineSwitch:
                    code = code[(4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(code))..];
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code = code[1..];
                    break;
                case OperandType.InlineVar:
                    code = code[2..];
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code = code[8..];
                    break;
                default: // branch targets, 32-bit numbers, strings, signatures of calls by pointer
                    code = code[4..];
                    break;
            }
        }
        return tokens;
    }
}
