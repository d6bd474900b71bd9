# Shared by the front-door scripts; sourced, not run. Speaks to the user, finds the tools and runs long steps.
# The caller sets $root, the directory of the product.

say() { printf '%s\n' "$*" >&2; }

die() {
    say "cloister: $*"
    exit 1
}

# The feature number in a JDK's release file, read without starting a program: every ssh connection waits for it.
java_feature() {
    local line
    [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case $line in
            JAVA_VERSION=\"*)
                line=${line#JAVA_VERSION=\"}
                printf '%s' "${line%%[!0-9]*}"
                return
                ;;
        esac
    done <"$1/release"
    return 1
}

is_jdk() { [ -x "$1/bin/javac" ] && [ "$(java_feature "$1")" -ge 25 ] 2>/dev/null; }

# A JDK from 25 on in JAVA_HOME, on PATH or under /usr/lib/jvm; the default java is often older.
find_jdk() {
    local candidate
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        export JAVA_HOME
        return
    fi
    for candidate in "$(command -v javac 2>/dev/null)" /usr/lib/jvm/*/bin/javac /opt/*/bin/javac; do
        [ -x "$candidate" ] || continue
        candidate=$(readlink -f "$candidate")
        candidate=${candidate%/bin/javac}
        if is_jdk "$candidate"; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return
        fi
    done
    die "a JDK 25 or newer is needed; none was found in JAVA_HOME, on PATH, under /usr/lib/jvm or /opt.
  Debian and Ubuntu: apt-get install openjdk-25-jdk-headless, where the release has it.
  Otherwise unpack a JDK 25 (such as Temurin) anywhere and set JAVA_HOME to it."
}

need() { command -v "$1" >/dev/null 2>&1 || die "$1 is needed and is not installed. $2"; }

need_maven() { need mvn "Maven 3.8.7 or newer: apt-get install maven"; }

need_node() {
    local major
    need node "Node 20.19 or newer: apt-get install nodejs npm"
    need npm "Node's npm: apt-get install npm"
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 20 ] || die "Node 20.19 or newer is needed; this is $(node --version). apt-get install nodejs npm"
}

# Runs a step with its title; its output is shown only where it fails. On a terminal the seconds count along, elsewhere
# a long step says every half minute that it is still at work.
step() {
    local title=$1 log pid begun=$SECONDS told=0 elapsed
    shift
    log=$(mktemp)
    # A process group of its own, so that Ctrl-C and kill can end all of the step with the script that waits for it.
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    set +m
    trap 'kill -- "-$pid" 2>/dev/null; rm -f "$log"; exit 130' INT TERM HUP
    [ -t 2 ] || say "$title"
    while kill -0 "$pid" 2>/dev/null; do
        elapsed=$((SECONDS - begun))
        if [ -t 2 ]; then
            printf '\r%s %ds ' "$title" "$elapsed" >&2
        elif [ $((elapsed - told)) -ge 30 ]; then
            told=$elapsed
            say "    still at work after $elapsed s"
        fi
        sleep 0.5
    done
    trap - INT TERM HUP
    if [ -t 2 ]; then printf '\r%s %ds \n' "$title" "$((SECONDS - begun))" >&2; fi
    if ! wait "$pid"; then
        cat "$log" >&2
        rm -f "$log"
        die "this step failed: $title"
    fi
    rm -f "$log"
}

# shellcheck source=scripts/build.sh
. "$(dirname "${BASH_SOURCE[0]}")/build.sh"
