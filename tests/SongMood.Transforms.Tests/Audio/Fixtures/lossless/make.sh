#!/bin/sh
# Makes the FLAC and AIFF fixtures of this folder with flac (1.4.2) and ffmpeg (5.1) from one of the sample clips, which
# samples/audio/compose.py composed. Each decodes to the WAV of the same depth: sound-8.wav, sound-16.wav, sound-24.wav.
# Usage: sh make.sh
set -e
cd "$(dirname "$0")"
song=../../../../../samples/audio/energetic-1.mp3
cut() { ffmpeg -v error -y -ss 3 -t 0.12 -i "$song" -map_metadata -1 -fflags +bitexact -flags +bitexact "$@"; }
cut -ar 44100 -c:a pcm_u8 sound-8.wav
cut -ar 44100 -c:a pcm_s16le sound-16.wav
cut -ar 44100 -c:a pcm_s24le -af volume=0.7 sound-24.wav

tags="--tag=TITLE=Fixture --tag=ARTIST=SongMood --tag=ALBUM=Tests --tag=DATE=2026 --tag=GENRE=Rock --tag=TRACKNUMBER=3 --tag=COMMENT=Made"
flac -s -f -5 -S 10x $tags -o flac-5-16.flac sound-16.wav
flac -s -f -8 -o flac-8-24.flac sound-24.wav
flac -s -f -0 -o flac-0-8.flac sound-8.wav
flac -s -f -5 -b 577 --lax -l 32 -o flac-lax-16.flac sound-16.wav
flac -s -c -5 - < sound-16.wav > flac-piped-16.flac 2> /dev/null # no length, no MD5
flac -s -f --ogg -5 $tags -o flac-ogg-16.oga sound-16.wav
ffmpeg -v error -y -i sound-16.wav -c:a flac -fflags +bitexact -flags +bitexact ffmpeg-16.flac
ffmpeg -v error -y -i sound-16.wav -c:a flac -fflags +bitexact -flags +bitexact ffmpeg-ogg-16.oga

aiff() { ffmpeg -v error -y -i "$1" -c:a "$2" -fflags +bitexact -flags +bitexact -write_id3v2 1 \
    -metadata title=Fixture -metadata artist=SongMood "$3"; }
aiff sound-16.wav pcm_s16be pcm-16.aiff
aiff sound-24.wav pcm_s24be pcm-24.aiff
aiff sound-8.wav pcm_s8 pcm-8.aiff
aiff sound-16.wav pcm_s16le sowt-16.aifc
aiff sound-24.wav pcm_f32be fl32-24.aifc
aiff sound-24.wav pcm_f64be fl64-24.aifc
