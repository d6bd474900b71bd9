# Shared by the front-door scripts; sourced, not run. Finds the tools and builds what is missing.

say() { printf '%s\n' "$*" >&2; }

die() {
    say "cloister: $*"
    exit 1
}

java_feature() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

# The newest JDK from 25 on in JAVA_HOME, on PATH or under /usr/lib/jvm; the default java is often older.
find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" \
        "$(command -v javac >/dev/null 2>&1 && dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" \
        /usr/lib/jvm/*; do
        if [ -n "$candidate" ] && [ -x "$candidate/bin/javac" ] && [ "$(java_feature "$candidate")" -ge 25 ] 2>/dev/null; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return
        fi
    done
    die "a JDK 25 or newer is needed. Looked in JAVA_HOME, on PATH and under /usr/lib/jvm.
  Install one (for example Temurin 25) and set JAVA_HOME to it."
}

need() {
    command -v "$1" >/dev/null 2>&1 || die "$1 is needed. $2"
}

# Whether a file below the given directories is newer than the stamp.
stale() {
    local stamp=$1
    shift
    [ -e "$stamp" ] || return 0
    [ -n "$(find "$@" \( -name target -o -name node_modules -o -name dist -o -path '*/src/test' -o -path '*/test' \) -prune -o \
        -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# Runs a step; its output is shown only where it fails.
step() {
    local title=$1 log
    shift
    say "$title"
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        die "this step failed: $title"
    fi
    rm -f "$log"
}

build_java() {
    need mvn "Install Maven 3.8.7 or newer: apt-get install maven"
    (cd "$root" && mvn -B -q -DskipTests -Dspotless.check.skip=true -pl contract,tunnel,provisioner,gateway,agent,cli,server package)
}

copy_jars() {
    local role
    for role in server cli; do
        rm -rf "$root/build/dist/$role.new"
        mkdir -p "$root/build/dist/$role.new/lib"
        cp "$root/$role"/target/lib/*.jar "$root/$role"/target/"$role"-*.jar "$root/build/dist/$role.new/lib/"
        rm -rf "$root/build/dist/$role"
        mv "$root/build/dist/$role.new" "$root/build/dist/$role"
        classpath "$role" >"$root/build/dist/$role.classpath"
    done
}

build_dashboard() {
    need npm "Install Node 20 or newer with npm: apt-get install nodejs npm"
    (cd "$root/dashboard" && npm ci --no-audit --no-fund && npm run build) || return 1
    rm -rf "$root/build/dist/dashboard"
    mkdir -p "$root/build/dist"
    cp -r "$root/dashboard/dist" "$root/build/dist/dashboard"
}

# A cache is good for these very jars and this very JVM only. JDK 25 does not notice a changed jar by itself
# (JDK-8377932), so the name says what it was made from and nothing else is ever passed.
cache_file() {
    local role=$1
    printf '%s/build/dist/%s-%s.aot' "$root" "$role" \
        "$(cat "$root/build/dist/$role"/lib/*.jar "$JAVA_HOME/release" "$root/scripts/common.sh" | sha256sum | cut -c1-16)"
}

make_cache() {
    local role=$1 main=$2 options=$3 cache
    cache=$(cache_file "$role")
    rm -f "$root"/build/dist/"$role"-*.aot
    # shellcheck disable=SC2086
    if ! "$JAVA_HOME/bin/java" $options -XX:AOTCacheOutput="$cache" -cp "$(classpath "$role")" "$main" --train \
        </dev/null >"$root/build/train-$role.log" 2>&1; then
        say "  (starting will be slower: the start-up cache of the $role could not be made, see build/train-$role.log)"
        rm -f "$cache"
    fi
    printf '%s' "$cache" >"$root/build/dist/$role.cache"
}

classpath() { ls "$root/build/dist/$1"/lib/*.jar | paste -sd: -; }

server_options="-Xms32m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djdk.virtualThreadScheduler.parallelism=8
    -Djava.awt.headless=true -XX:+ExitOnOutOfMemoryError"
cli_options="-Xms8m -Xmx128m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Xshare:auto
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# Builds what is missing or older than its sources. Two launchers at once build once.
ensure_built() {
    local java_sources="$root/pom.xml $root/contract $root/tunnel $root/provisioner $root/gateway $root/agent $root/cli $root/server"
    # shellcheck disable=SC2086
    if ! stale "$root/build/java.stamp" $java_sources && ! stale "$root/build/dashboard.stamp" "$root/dashboard"; then
        return
    fi
    mkdir -p "$root/build"
    exec 9>"$root/build/lock"
    flock 9
    local begun
    # shellcheck disable=SC2086
    if stale "$root/build/java.stamp" $java_sources; then
        begun=$(mktemp "$root/build/begun.XXXXXX")
        step "[1/4] Building the programs (the first time this fetches libraries and takes a minute or two) ..." build_java
        copy_jars
        step "[2/4] Building the agent's image ..." "$root/agent/image.sh" "$root/build/agent"
        say "[3/4] Preparing fast starts ..."
        make_cache cli dev.cloister.cli.CliMain "$cli_options"
        make_cache server dev.cloister.server.ServerMain "$server_options"
        mv "$begun" "$root/build/java.stamp"
    fi
    if stale "$root/build/dashboard.stamp" "$root/dashboard"; then
        begun=$(mktemp "$root/build/begun.XXXXXX")
        step "[4/4] Building the dashboard ..." build_dashboard
        mv "$begun" "$root/build/dashboard.stamp"
    fi
    exec 9>&-
}
