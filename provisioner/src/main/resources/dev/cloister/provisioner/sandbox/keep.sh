#!/bin/sh
# Supervises one workspace: prepares what only the host's user can, then runs the sandbox, again and again, until told
# to stop. It has a session of its own and outlives the server. Its only argument is the workspace's directory.
set -u
umask 022
dir=$1
. "$dir/launch.conf"

fail() {
    echo "$1" >&2
    exit 1
}

# A process in a group is there before it starts anything.
for group in $keep_groups; do
    echo $$ >"$group/cgroup.procs" || fail "The supervisor cannot enter its control group $group."
done

# These mounts exist in this process's own mount namespace only, and are gone when the last process in it ends.
if [ -n "$stage" ]; then
    mount -t tmpfs -o mode=755,size=1m,nosuid,nodev tmpfs "$stage" || fail "A staging file system cannot be mounted."
    mkdir "$stage/run" "$stage/etc" "$stage/agent" "$stage/image" "$stage/volume" || fail "The stage cannot be prepared."
    mount --bind "$dir/run" "$stage/run" || fail "The run directory cannot be mounted."
    mount --bind "$dir/etc" "$stage/etc" || fail "The configuration directory cannot be mounted."
    mount --bind "$agent" "$stage/agent" || fail "The agent's image cannot be mounted."
    if [ -n "$image" ]; then
        mount --bind "$image" "$stage/image" || fail "The image cannot be mounted."
    fi
    if [ -n "$home_image" ]; then
        if ! mount -o loop,nosuid,nodev "$home_image" "$stage/volume"; then
            # A machine that stopped in the middle of something leaves work for the checker.
            e2fsck -f -p "$home_image" >&2
            mount -o loop,nosuid,nodev "$home_image" "$stage/volume" || fail "The home cannot be mounted; its image is untouched."
        fi
        chmod 711 "$stage/volume"
    else
        mount --bind -o nosuid,nodev "$dir/volume" "$stage/volume" || fail "The home cannot be mounted."
    fi
    volume=$stage/volume
else
    volume=$dir/volume
fi

# Complete or not there at all.
if [ ! -d "$volume/home" ]; then
    rm -rf "$volume/home.new"
    mkdir "$volume/home.new" || fail "The home cannot be made."
    if [ -d "$skeleton" ]; then
        cp -r "$skeleton/." "$volume/home.new/" || fail "The home cannot be filled."
    fi
    if [ -n "$owner" ]; then
        chown -R "$owner:$owner" "$volume/home.new" || fail "The home cannot be given to its user."
    fi
    chmod 700 "$volume/home.new"
    mv "$volume/home.new" "$volume/home" || fail "The home cannot be put in place."
fi
# Should its owner's number have been lost with the machine's power, there is a new one.
if [ -n "$owner" ] && [ "$(stat -c %u "$volume/home")" != "$owner" ]; then
    chown -R -h "$owner:$owner" "$volume/home" || fail "The home cannot be given to its user."
fi

uptime() {
    read -r now _ </proc/uptime
    echo "${now%%.*}"
}

delay=1
while [ ! -e "$dir/stop" ]; do
    : >"$dir/ready"
    began=$(uptime)
    # Should this supervisor be killed, the sandbox goes with it.
    setpriv --pdeathsig KILL sh "$dir/box.sh" "$dir"
    [ -e "$dir/stop" ] && break
    # A sandbox that has never come up will not do so by trying again.
    [ -s "$dir/ready" ] || [ -e "$dir/launched" ] || fail "The sandbox could not be set up."
    : >"$dir/launched"
    [ $(($(uptime) - began)) -ge 60 ] && delay=1
    sleep $delay
    delay=$((delay * 2))
    [ $delay -gt 30 ] && delay=30
done
exit 0
