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
# tags/: a second in each format that can carry tags, for Tags/ and the tool's tests (also flac 1.4.2 and wavpack by ffmpeg)
mkdir -p tags
cut 1 1 22050
named="-metadata title=Fixture -metadata artist=SongMood"
ffmpeg -v error -y -i "$wav" -c:a libmp3lame -b:a 48k -id3v2_version 0 tags/song.mp3
ffmpeg -v error -y -i "$wav" -c:a mp2 -b:a 64k -f mp2 tags/song.mp2
flac --silent --force -T TITLE=Fixture -T ARTIST=SongMood -T ARTIST=Somebody -o tags/song.flac "$wav"
oggenc -Q -q 2 -t Fixture -a SongMood -o tags/song.ogg "$wav"
ffmpeg -v error -y -i "$wav" $named -c:a aac -b:a 48k tags/song.m4a
ffmpeg -v error -y -i "$wav" $named -c:a alac -movflags +faststart tags/song.alac.m4a
ffmpeg -v error -y -i "$wav" $named -c:a wmav2 -b:a 48k tags/song.wma
ffmpeg -v error -y -i "$wav" $named -c:a wavpack tags/song.wv
cut 1 1 48000
opusenc --quiet --bitrate 48 --title Fixture --artist SongMood "$wav" tags/song.opus
rm "$wav"
# ffmpeg/: two seconds of samples/audio/happy-1.mp3 in HE-AAC v2, one channel of which ffmpeg makes two. No encoder in Debian's main
# packages writes it: by an ffmpeg with the whole libfdk_aac, -t 2 -c:a libfdk_aac -profile:a aac_he_v2 -b:a 24k. And what FfmpegTests says of triangles.ape,
# 4410 samples in 16 bits and two channels, by JMAC 1.74 (libjmac-java), level 2: ffmpeg writes no Monkey's Audio.
# No program writes Layer I: LayerOneEncoder of the tests does (SONGMOOD_MAKE_FIXTURES=1 with LayerOneTests).
for file in *.ogg; do ffmpeg -v error -y -i "$file" -f f32le -c:a pcm_f32le "$file.f32"; done
# in floats: what ffmpeg takes by itself gives 16 bits
for file in *.mp1; do ffmpeg -v error -y -c:a mp1float -i "$file" -f f32le -c:a pcm_f32le "$file.f32"; done
for file in *.mp2; do ffmpeg -v error -y -c:a mp2float -i "$file" -f f32le -c:a pcm_f32le "$file.f32"; done
# by libopus, as ffmpeg's own Opus decoder gives something else for speech
for file in *.opus; do ffmpeg -v error -y -c:a libopus -i "$file" -f f32le -c:a pcm_f32le "$file.f32"; done
