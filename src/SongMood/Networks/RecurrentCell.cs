namespace SongMood.Networks;

/// <summary>What a recurrent layer computes from one frame to the next.</summary>
internal enum RecurrentCell
{
    /// <summary>Elman's network with tanh.</summary>
    Rnn,

    /// <summary>Long short-term memory.</summary>
    Lstm,

    /// <summary>Gated recurrent unit.</summary>
    Gru,
}
