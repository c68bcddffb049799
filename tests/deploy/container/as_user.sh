#!/bin/sh
# usage: unshare --mount sh as_user.sh COMMAND...     Run a command as the user nobody. For root.
# In mounts that nobody else sees, /dev/fuse is open to all, as distributions have it and apptainer
# needs it; and so are the folders above Python, which may be root's home.
set -eu
as_nobody="setpriv --reuid=nobody --regid=nogroup --clear-groups --bounding-set=-all"

open_folder() {
    [ "$1" = / ] || open_folder "$(dirname "$1")"
    $as_nobody test -x "$1" || {
        count=$((count + 1))
        mkdir -p "/mnt/$count/changes" "/mnt/$count/work"
        chmod 755 "/mnt/$count/changes"
        mount -t overlay overlay -o \
            "lowerdir=$1,upperdir=/mnt/$count/changes,workdir=/mnt/$count/work" "$1"
    }
}

count=0
mount -t tmpfs -o mode=755 tmpfs /mnt
mknod -m 666 /mnt/fuse c 10 229
mount --bind /mnt/fuse /dev/fuse
open_folder "$(dirname "$(command -v snakemake)")"
open_folder "$(dirname "$(readlink -f "$(command -v python)")")"
exec $as_nobody "$@"
