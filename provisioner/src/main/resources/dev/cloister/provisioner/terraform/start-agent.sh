#!/bin/sh
# Fetches the agent of a workspace from its server and becomes it. The agent's token is in CODER_AGENT_TOKEN.
set -u
export CODER_AGENT_AUTH="${AUTH_TYPE}"
export CODER_AGENT_URL="${ACCESS_URL}"
package="${ACCESS_URL}bin/cloister-agent-linux-${ARCH}.tar.gz"

fail() {
    echo "$1" >&2
    # Whoever looks for the reason finds it: a container that ends at once takes its output with it.
    exec sleep 86400
}

[ -n "${CODER_AGENT_TOKEN:-}" ] || fail "CODER_AGENT_TOKEN is not set: the template must give it to its resource."
place=$(mktemp -d "${TMPDIR:-/tmp}/cloister-agent.XXXXXX") || fail "There is no directory for the agent."
fetch() {
    if command -v curl >/dev/null 2>&1; then
        curl -fsSL -o "$place/agent.tar.gz" "$package"
    elif command -v wget >/dev/null 2>&1; then
        wget -q -O "$place/agent.tar.gz" "$package"
    elif command -v busybox >/dev/null 2>&1; then
        busybox wget -q -O "$place/agent.tar.gz" "$package"
    else
        fail "The agent cannot be fetched: neither curl nor wget is here."
    fi
}
until fetch; do
    echo "The agent cannot be fetched from $package; trying again." >&2
    sleep 10
done
tar -xzf "$place/agent.tar.gz" -C "$place" || fail "The agent's package cannot be unpacked."
rm -f "$place/agent.tar.gz"
[ -d "${HOME:-/nonexistent}" ] || export HOME="$place"
cd "$HOME" || cd /
exec "$place/bin/cloister-agent" --by-token
