#!/bin/sh
# Makes the fixtures of this folder with oggenc (1.4.2), opusenc (0.2) and ffmpeg (5.1) from one of the sample clips, which
# samples/audio/compose.py composed; and beside each the samples that ffmpeg decodes it to (32-bit floats, little-endian, interleaved).
# Usage: sh make.sh
set -e
cd "$(dirname "$0")"
song=../../../samples/audio/energetic-1.mp3
wav=$(mktemp --suffix .wav)
cut() { ffmpeg -v error -y -ss 3 -t "$1" -i "$song" -map_metadata -1 -ac "$2" -ar "$3" -c:a pcm_s16le "$wav"; }
cut 0.3 2 44100
oggenc -Q -q 4 -t Fixture -a SongMood -l Tests -d 2026 -G Rock -N 3 -o vorbis-stereo.ogg "$wav"
ffmpeg -v error -y -i "$wav" -c:a mp2 -b:a 192k -f mp2 layer2-stereo.mp2
cut 0.3 1 22050
oggenc -Q -q 2 -o vorbis-mono.ogg "$wav"
ffmpeg -v error -y -i "$wav" -c:a mp2 -b:a 64k -f mp2 layer2-mono.mp2
cut 0.3 2 48000
opusenc --quiet --bitrate 96 --title Fixture --artist SongMood --album Tests --date 2026 --genre Rock "$wav" opus-stereo.opus
cut 0.3 1 48000
opusenc --quiet --bitrate 24 --speech "$wav" opus-mono.opus
rm "$wav"
for file in *.ogg *.mp2; do ffmpeg -v error -y -i "$file" -f f32le -c:a pcm_f32le "$file.f32"; done
# by libopus, as ffmpeg's own Opus decoder gives something else for speech
for file in *.opus; do ffmpeg -v error -y -c:a libopus -i "$file" -f f32le -c:a pcm_f32le "$file.f32"; done
