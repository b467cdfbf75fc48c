#!/bin/bash
# Puts the shards together, once all tasks of the array have ended well: OUT SHARDS.
${SONGMOOD:-songmood} merge "$1" --shards "$2"
(( $? <= 1 )) # 1: some songs could not be read, and are named
