#!/usr/bin/env bash
# Makes the tables of the docs: every benchmark beside its peers, with the machine and the date on top (benchmarks/README.md).
#     bash benchmarks/run.sh [quick|full] [OUT] [CLASS ...]      # OUT: artifacts/benchmarks; CLASS: Decode, Flac, ...; all unless named
# "quick" calls everything twice, to see that it works: its times mean nothing. "full" takes hours, and wants a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-quick}
out=${2:-artifacts/benchmarks}
classes=("${@:3}")
[[ ${#classes[@]} -gt 0 ]] || classes=(Decode Flac Opus Vorbis MelSpectrogram Resample EndToEnd Descriptors Embedding Predict Features Scoring Training)
data=${SONGMOOD_DATA:-../shared/data}
case $mode in
    quick) times=(--quick) ;;
    full) times=() ;;
    *) echo "usage: benchmarks/run.sh [quick|full] [OUT] [CLASS ...]" >&2; exit 2 ;;
esac
mkdir -p "$out"
tables=$out/tables.md

# A part that fails does not end the others; the table says so, and so does the exit code.
failed=0
part() {
    local title=$1
    shift
    { echo; echo "## $title"; echo; printf '    %s\n\n' "$*"; } >> "$tables"
    if ! "$@" > "$out/part.log" 2>&1; then
        failed=1
        { echo "**failed**:"; echo; tail -5 "$out/part.log" | sed 's/^/    /'; } >> "$tables"
        echo "$title: failed; $out/part.log" >&2
        cp "$out/part.log" "$out/failed-${title//[^A-Za-z0-9]/-}.log"
    fi
}

{
    echo "# Benchmarks, $mode"
    echo
    echo "- date: $(date -u +%Y-%m-%dT%H:%MZ), commit $(git rev-parse --short HEAD)$(git diff --quiet || echo ', with changes')"
    echo "- processor: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1 || true), $(getconf _NPROCESSORS_ONLN) cores," \
        "AVX-512: $(grep -qm1 avx512f /proc/cpuinfo 2>/dev/null && echo yes || echo no)"
    echo "- system: $(uname -sr), .NET $(dotnet --version)"
    echo "- load before: $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || uptime); more than about 0.2 is not quiet"
} > "$tables"

for project in Benchmarks Descriptors Steadiness Reproduction; do
    [[ $mode == full || $project == Benchmarks ]] || continue
    dotnet build -c Release -v q -nologo -clp:ErrorsOnly "benchmarks/SongMood.$project"
done

# Every class of SongMood.Benchmarks is a table by itself.
for class in "${classes[@]}"; do
    part "$class" dotnet run -c Release --no-build --project benchmarks/SongMood.Benchmarks -- \
        --filter "*.$class*" --exporters github --artifacts "$out/$class" ${times[@]+"${times[@]}"}
    cat "$out/$class"/results/*-report-github.md >> "$tables" 2>/dev/null || true
done

# What only many songs show.
if [[ $# -lt 3 ]]; then
    part "Many songs" dotnet run -c Release --no-build --project benchmarks/SongMood.Benchmarks -- many ${times[@]+"${times[@]}"}
    [[ ! -f $out/part.log ]] || cat "$out/part.log" >> "$tables"
fi

# What models are worth takes the data folder, and hours.
if [[ $mode == full && -d $data && $# -lt 3 ]]; then
    songs=$data/4q/labels.csv
    columns=length,danceability,acousticness,energy,instrumentalness,liveness,valence,loudness,speechiness,tempo,popularity
    worth() {
        part "$1" "${@:2}"
        cat "$out/part.log" >> "$tables"
    }
    worth "Table of numbers" dotnet run -c Release --no-build --project benchmarks/SongMood.Descriptors -- \
        tabular "$data/tabular/spotify_moods.csv" $columns 10 3
    worth "Embeddings" dotnet run -c Release --no-build --project benchmarks/SongMood.Descriptors -- embeddings "$data"
    worth "Few songs" dotnet run -c Release --no-build --project benchmarks/SongMood.Descriptors -- few "$songs"
    worth "Descriptors" dotnet run -c Release --no-build --project benchmarks/SongMood.Descriptors -- "$songs"
    dotnet publish src/SongMood.Cli -c Release --use-current-runtime -v q -nologo -clp:ErrorsOnly -o "$out/tool"
    worth "The tool as a process" dotnet run -c Release --no-build --project benchmarks/SongMood.Benchmarks -- \
        tool "$out/tool/SongMood.Cli.dll" "$data/4q"
    worth "Steadiness" dotnet run -c Release --no-build --project benchmarks/SongMood.Steadiness -- "$songs"
    worth "Reproduction" dotnet run -c Release --no-build --project benchmarks/SongMood.Reproduction -- all --data "$data"
fi
rm -f "$out/part.log"
echo "$tables"
exit $failed
