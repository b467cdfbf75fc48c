namespace SongMood.Formats.Vorbis;

/// <summary>How channels are coded in a block (Vorbis I specification, 4.2.4, "mappings").</summary>
/// <param name="Couplings">Pairs of channels of which one tells the magnitude and the other the angle, in the encoder's order.</param>
/// <param name="Submaps">Floors and residues.</param>
/// <param name="SubmapOf">Which of them each channel has.</param>
internal sealed record VorbisMapping((int Magnitude, int Angle)[] Couplings, (Floor Floor, Residue Residue)[] Submaps, byte[] SubmapOf)
{
    public static VorbisMapping Read(VorbisBits bits, int channelCount, Floor[] floors, Residue[] residues)
    {
        var type = bits.Read(16);
        if (type != 0)
            throw VorbisFault.InSetup(bits, $"a mapping of type {type}; 0 is in Vorbis I");
        var submaps = new (Floor, Residue)[bits.ReadFlag() ? (int)bits.Read(4) + 1 : 1];
        var couplings = new (int Magnitude, int Angle)[bits.ReadFlag() ? (int)bits.Read(8) + 1 : 0];
        var width = VorbisBits.WidthOf((uint)channelCount - 1);
        foreach (ref var coupling in couplings.AsSpan())
        {
            coupling = ((int)bits.Read(width), (int)bits.Read(width));
            if (coupling.Magnitude == coupling.Angle || Math.Max(coupling.Magnitude, coupling.Angle) >= channelCount)
                throw VorbisFault.InSetup(
                    bits, $"channels {coupling.Magnitude} and {coupling.Angle} coupled; expected two of {channelCount}, from 0");
        }

        if (bits.Read(2) != 0)
            throw VorbisFault.InSetup(bits, "a mapping whose two reserved bits are not 0");
        var submapOf = new byte[channelCount];
        foreach (ref var submap in submapOf.AsSpan())
            if (submaps.Length > 1 && (submap = (byte)bits.Read(4)) >= submaps.Length)
                throw VorbisFault.InSetup(bits, $"a channel of submap {submap}; {submaps.Length} were told, from 0");
        foreach (ref var submap in submaps.AsSpan())
        {
            bits.Read(8); // reserved for time domain transforms
            int floor = (int)bits.Read(8), residue = (int)bits.Read(8);
            if (floor >= floors.Length || residue >= residues.Length)
                throw VorbisFault.InSetup(
                    bits, $"floor {floor} and residue {residue}; {floors.Length} and {residues.Length} were told, from 0");
            submap = (floors[floor], residues[residue]);
        }

        return new VorbisMapping(couplings, submaps, submapOf);
    }
}
