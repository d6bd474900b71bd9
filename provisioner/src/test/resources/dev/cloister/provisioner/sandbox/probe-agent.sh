#!/bin/sh
# Stands in for the agent: takes its credentials, then runs every script that a test puts into its inbox, in order.
cat >/home/dev/bootstrap
name=$(cat /etc/hostname)
# Its shutdown lasts as long as a test wants it to.
trap 'trap "" TERM
    touch /home/dev/asked
    while [ -e /home/dev/hold ]; do sleep 0.02; done
    echo "shut down" >>/home/dev/shutdown
    exit 0' TERM
echo started >>/home/dev/starts
mkdir -p /home/dev/out
n=1
while :; do
    if [ -e "/home/dev/out/$n" ]; then
        n=$((n + 1))
    elif [ -e "/opt/cloister/agent/inbox/$name/$n.sh" ]; then
        sh "/opt/cloister/agent/inbox/$name/$n.sh" >"/tmp/out" 2>&1 </dev/null
        echo "status $?" >>/tmp/out
        cp /tmp/out "/home/dev/out/.$n" && mv "/home/dev/out/.$n" "/home/dev/out/$n"
    else
        sleep 0.02
    fi
done
