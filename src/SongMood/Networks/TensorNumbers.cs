using TorchSharp;
using static TorchSharp.torch;

namespace SongMood.Networks;

/// <summary>
/// Torch's operations on a tensor and a number. TorchSharp 0.107 makes an object of the number and hands its address to libtorch, but
/// nothing keeps the object: the garbage collector may free it while libtorch reads it. Then the operation fails ("Expected false to be
/// true"), or takes another number. Here the number lives until the call is over. Everything that trains computes with these;
/// TemporaryNumberTests looks for what does not.
/// </summary>
internal static class TensorNumbers
{
    /// <summary>x + y. TorchSharp's operator multiplies y by a number, 1, in passing.</summary>
    public static Tensor Plus(this Tensor x, Tensor y)
    {
        using var one = 1.ToScalar();
        return x.add(y, one);
    }

    /// <summary>x + y factor.</summary>
    public static Tensor Plus(this Tensor x, Tensor y, double factor)
    {
        using var kept = factor.ToScalar();
        return x.add(y, kept);
    }

    public static Tensor Plus(this Tensor x, double number)
    {
        using var kept = number.ToScalar();
        using var one = 1.ToScalar();
        return x.add(kept, one);
    }

    public static Tensor Times(this Tensor x, double factor)
    {
        using var kept = factor.ToScalar();
        return x.mul(kept);
    }

    public static Tensor Over(this Tensor x, double divisor)
    {
        using var kept = divisor.ToScalar();
        return x.div(kept);
    }

    public static Tensor Squared(this Tensor x)
    {
        using var two = 2.ToScalar();
        return x.pow(two);
    }

    public static Tensor AtLeast(this Tensor x, double least)
    {
        using var kept = least.ToScalar();
        return x.clamp_min(kept);
    }

    public static Tensor Within(this Tensor x, double least, double most)
    {
        using var low = least.ToScalar();
        using var high = most.ToScalar();
        return x.clamp(low, high);
    }

    /// <summary>x = x + y factor, and gives x back.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y, double factor)
    {
        using var kept = factor.ToScalar();
        return x.add_(y, kept);
    }

    /// <summary>x = x + y, and gives x back; for tensors of whole numbers, too.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y)
    {
        using var one = 1.ToScalar();
        return x.add_(y, one);
    }

    public static Tensor AddInPlace(this Tensor x, double number)
    {
        using var kept = number.ToScalar();
        using var one = 1.ToScalar();
        return x.add_(kept, one);
    }

    public static Tensor MultiplyInPlace(this Tensor x, double factor)
    {
        using var kept = factor.ToScalar();
        return x.mul_(kept);
    }

    /// <summary>x = x + y z factor, and gives x back.</summary>
    public static Tensor AddProductInPlace(this Tensor x, Tensor y, Tensor z, double factor)
    {
        using var kept = factor.ToScalar();
        return x.addcmul_(y, z, kept);
    }

    /// <summary>x = x + y / z factor, and gives x back.</summary>
    public static Tensor AddQuotientInPlace(this Tensor x, Tensor y, Tensor z, double factor)
    {
        using var kept = factor.ToScalar();
        return x.addcdiv_(y, z, kept);
    }

    /// <summary>0, 1, ... up to but without <paramref name="count"/>.</summary>
    public static Tensor Range(long count, Device device)
    {
        using var zero = 0.ToScalar();
        using var end = count.ToScalar();
        using var one = 1.ToScalar();
        return arange(zero, end, one, device: device);
    }
}
