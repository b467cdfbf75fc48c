#!/bin/bash
# One task of the array that submit.sh makes: LIST OUT SHARDS [OPTION...]. Which shard it is, SLURM_ARRAY_TASK_ID says.
list=$1 out=$2 shards=$3
shift 3
${SONGMOOD:-songmood} predict --list "$list" --out "$out" --shards "$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
status=$?
# Killed, by the kernel for its memory or by a person: what is done is kept, and the task goes on from there.
if (( status > 128 && ${SLURM_RESTART_COUNT:-0} < 3 )); then
    echo "The task was ended by signal $((status - 128)): it is queued again."
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    exit
fi
# 1: songs that could not be read have a row that says why, and the merge names them.
(( status <= 1 ))
