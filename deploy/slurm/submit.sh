#!/bin/bash
# Hears all songs of a list on a Slurm cluster, and merges what comes out:
#   deploy/slurm/submit.sh songs.txt moods.parquet 16 [options of 'songmood predict', such as --embedding]
# Prints the id of the job that merges. Further options of sbatch go into SBATCH_OPTIONS; SONGMOOD is the tool, where it is not on the PATH.
# The list, the songs, the tool and the place of the result are on a file system that all nodes share.
set -euo pipefail
(( $# >= 3 )) || { echo "usage: $0 LIST OUT SHARDS [OPTION...]" >&2; exit 2; }
list=$1 out=$2 shards=$3
shift 3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$out.shards"
array=$(sbatch --parsable ${SBATCH_OPTIONS:-} --array="0-$((shards - 1))" --job-name=songmood --requeue --open-mode=append \
    --output="$out.shards/task-%a.log" "$here/shard.sh" "$list" "$out" "$shards" "$@")
sbatch --parsable ${SBATCH_OPTIONS:-} --dependency="afterok:$array" --kill-on-invalid-dep=yes --job-name=songmood-merge \
    --output="$out.shards/merge.log" "$here/merge.sh" "$out" "$shards"
