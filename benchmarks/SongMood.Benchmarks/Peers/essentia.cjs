// Reads mono samples at 44.1 kHz (float32) from a file once; then, for each line on standard input, computes what MusicFeatures holds,
// as far as essentia.js has it, and answers with a line of JSON. Arguments: the folder that has node_modules/essentia.js, the file.
const path = require('path');
const fs = require('fs');
const { Essentia, EssentiaWASM } = require(path.join(path.resolve(process.argv[2]), 'node_modules', 'essentia.js'));

const essentia = new Essentia(EssentiaWASM);
const bytes = fs.readFileSync(process.argv[3]);
const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);

function features() {
  const signal = essentia.arrayToVector(samples);
  const rhythm = essentia.RhythmExtractor2013(signal);
  const key = essentia.KeyExtractor(signal);
  const loudness = essentia.LoudnessEBUR128(signal, signal);
  const answer = {
    tempo: rhythm.bpm,
    key: `${key.key} ${key.scale}`,
    loudness: loudness.integratedLoudness,
    danceability: essentia.Danceability(signal).danceability,
    onsets: essentia.OnsetRate(signal).onsetRate,
    brightness: essentia.SpectralCentroidTime(signal).centroid,
  };
  signal.delete();
  return answer;
}

require('readline').createInterface({ input: process.stdin }).on('line', () => console.log(JSON.stringify(features())));
