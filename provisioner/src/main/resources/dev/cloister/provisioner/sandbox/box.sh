#!/bin/sh
# Runs the sandbox once. Everything from here on counts against the workspace's limits.
set -u
umask 022
dir=$1
. "$dir/launch.conf"

for group in $box_groups; do
    if ! echo $$ >"$group/cgroup.procs"; then
        echo "The sandbox cannot enter its control group $group." >&2
        exit 1
    fi
done
# Where the whole machine runs out of memory, a workspace goes before the server does.
echo 500 >/proc/self/oom_score_adj 2>/dev/null

[ -f "$dir/agent.log" ] && mv "$dir/agent.log" "$dir/agent.log.1"

# The credentials go through a pipe, which is empty once read: an open file could be read again by others.
# A core dump would go to the host's handler, outside of every limit; a limit of 1 refuses it even there.
# The log is bounded, and drained beyond its bound, so that nobody waits for it or fills the disk with it.
cat "$dir/bootstrap" | (
    exec 6>"$dir/ready" 8<"$dir/bwrap.args" 9<"$dir/seccomp.bpf"
    exec prlimit --core=1:1 $drop "$bwrap" --args 8 -- /bin/sh /etc/cloister/start.sh
) 2>&1 | {
    head -c 1048576 >"$dir/agent.log"
    exec cat >/dev/null
}
