#!/bin/sh
# The first program inside: applies the limits that hold for each process, says that the sandbox stands, and becomes
# the agent.
if [ -n "$PROCESS_LIMIT" ]; then
    ulimit -u "$PROCESS_LIMIT" 2>/dev/null || ulimit -p "$PROCESS_LIMIT" || exit 1
fi
if [ -n "$MEMORY_LIMIT_KIB" ]; then
    ulimit -d "$MEMORY_LIMIT_KIB" || exit 1
fi
unset PROCESS_LIMIT MEMORY_LIMIT_KIB
echo ready >&6
exec 6>&-
exec /opt/cloister/agent/bin/cloister-agent
