# Builds what is missing or older than its sources; sourced by common.sh.
#
# build/dist/server and build/dist/cli are links to a directory for each version, named by a hash of its jars, the JVM
# and its options: a program that runs keeps the files it started from while the next version is built.

server_options="-Xms32m -Xmx512m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djdk.virtualThreadScheduler.parallelism=4
    -Djava.awt.headless=true -XX:+ExitOnOutOfMemoryError"
cli_options="-Xms8m -Xmx128m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djdk.reflect.useNativeAccessorOnly=true -Djdk.console=java.base"
# A command has ended before the optimizing compiler has earned what it costs; what carries bytes for hours needs it.
cli_short_options="-XX:TieredStopAtLevel=1"

java_modules="contract tunnel provisioner gateway agent cli server"

# Whether something below the given paths is newer than the stamp. Directories count, since a deleted file changes only
# its directory.
newer() {
    local stamp=$1
    shift
    [ -e "$stamp" ] || return 0
    [ -n "$(find "$@" -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# What a role is made of; looking at everything takes longer than a short command.
role_modules() {
    case $1 in
        server) echo "$java_modules" ;;
        cli) echo contract tunnel cli ;;
    esac
}

java_is_stale() {
    local sources="$root/pom.xml $root/scripts/build.sh $root/scripts/VerifiableClasses.java $root/scripts/UnsignedJar.java $root/templates $root/agent/image.sh $root/agent/jvm-options $root/agent/tools" module
    for module in $(role_modules "${1:-server}"); do
        sources="$sources $root/$module/pom.xml $root/$module/src/main"
    done
    # shellcheck disable=SC2086
    newer "$root/build/java.stamp" $sources
}

dashboard_is_stale() {
    local d="$root/dashboard"
    newer "$root/build/dashboard.stamp" "$d/app" "$d/public" "$d/index.html" "$d/package.json" "$d/package-lock.json" \
        "$d/vite.config.ts" "$d/tsconfig.json"
}

build_java() {
    # shellcheck disable=SC2086
    (cd "$root" && mvn -B -q -DskipTests -Dspotless.check.skip=true -pl "$(echo $java_modules | tr ' ' ,)" package)
}

role_main() {
    case $1 in
        server) echo dev.cloister.server.ServerMain ;;
        cli) echo dev.cloister.cli.CliMain ;;
    esac
}

role_options() {
    case $1 in
        server) printf '%s' "$server_options" ;;
        cli) printf '%s' "$cli_options" ;;
    esac
}

# Size and time of every jar, and the JVM: cheap to compare at each start.
fingerprint() { stat -c '%n %s %Y' "$1"/lib/*.jar "$JAVA_HOME/release" "$JAVA_HOME/lib/modules"; }

# Puts the jars of a role and its start-up cache into a directory of their own and points the link at it.
assemble() {
    local role=$1 dist="$root/build/dist" fresh directory previous
    fresh=$(mktemp -d "$dist/$role-new.XXXXXX")
    chmod 755 "$fresh"
    mkdir "$fresh/lib"
    cp "$root/$role"/target/lib/*.jar "$root/$role"/target/"$role"-*.jar "$fresh/lib/"
    [ "$role" != cli ] \
        || "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$root/scripts/VerifiableClasses.java" "$fresh"/lib/picocli-*.jar
    [ "$role" != server ] \
        || "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 "$root/scripts/UnsignedJar.java" "$fresh"/lib/bcprov-*.jar
    directory="$dist/$role-$( (cat "$fresh"/lib/*.jar "$JAVA_HOME/release"; role_options "$role") | sha256sum | cut -c1-16)"
    if [ -e "$directory/classpath" ]; then
        rm -rf "$fresh"
    else
        rm -rf "$directory"
        mv "$fresh" "$directory"
        printf '%s\n' "$directory"/lib/*.jar | paste -sd: - >"$directory/classpath"
    fi
    [ -e "$directory/start.aot.made-of" ] || make_cache "$role" "$directory"
    previous=$(readlink "$dist/$role" || true)
    [ -L "$dist/$role" ] || rm -rf "${dist:?}/$role"
    ln -sfn "$(basename "$directory")" "$dist/$role"
    # Programs of the version before may still run; those older than that have had a whole upgrade to end.
    for fresh in "$dist/$role"-*; do
        case "$(basename "$fresh")" in
            "$(basename "$directory")" | "$previous") ;;
            *) rm -rf "$fresh" ;;
        esac
    done
}

# JDK 25 does not notice that a jar behind a cache has changed and would run the old classes (JDK-8377932): the cache
# lies with its jars, and is used only while they and the JVM are those it was made with.
make_cache() {
    local role=$1 directory=$2 log="$root/build/train-$1.log"
    if "train_$role" "$directory" >"$log" 2>&1 && [ -s "$directory/start.aot" ]; then
        fingerprint "$directory" >"$directory/start.aot.made-of"
    else
        rm -f "$directory/start.aot"
    fi
}

tell_missing_caches() {
    local role
    for role in cli server; do
        [ -e "$root/build/dist/$role/start.aot" ] \
            || say "    (starts will be slower: no start-up cache for the $role, see build/train-$role.log)"
    done
}

train() {
    local role=$1 directory=$2
    shift 2
    # shellcheck disable=SC2046
    "$JAVA_HOME/bin/java" $(role_options "$role") -XX:AOTCacheOutput="$directory/start.aot" \
        -cp "$(cat "$directory/classpath")" "$(role_main "$role")" "$@" </dev/null
}

train_server() { train server "$1" --train; }

train_cli() { train cli "$1" --train; }

# The library folder of the dashboard is made anew only when the lock file has changed.
build_dashboard() {
    local lock
    lock=$(sha256sum <"$root/dashboard/package-lock.json")
    cd "$root/dashboard" || return 1
    if [ "$(cat node_modules/.made-of 2>/dev/null)" != "$lock" ]; then
        npm ci --no-audit --no-fund || return 1
        printf '%s\n' "$lock" >node_modules/.made-of
    fi
    npm run build || return 1
    rm -rf "$root/build/dist/dashboard.new"
    cp -r dist "$root/build/dist/dashboard.new"
    rm -rf "$root/build/dist/dashboard"
    mv "$root/build/dist/dashboard.new" "$root/build/dist/dashboard"
}

# Runs in a process of its own.
assemble_all() {
    set -e
    assemble cli
    assemble server
}

# Two launchers at once build once. A stale role brings everything up to date.
ensure_built() {
    local role=${1:-server}
    if ! java_is_stale "$role" && { [ "$role" = cli ] || ! dashboard_is_stale; }; then
        return
    fi
    mkdir -p "$root/build/dist" 2>/dev/null && [ -w "$root/build" ] \
        || die "$root/build is out of date and cannot be written by $(id -un 2>/dev/null || id -u). Build as the user it belongs to."
    exec 9>"$root/build/lock"
    if ! flock -n 9; then
        say "Another cloister is building; waiting for it ..."
        flock 9
    fi
    if java_is_stale; then
        need_maven
        touch "$root/build/java.begun"
        step "[1/4] Building the programs (the first time this fetches libraries and takes a minute or two)" build_java 9>&-
        step "[2/4] Building the agent's image" "$root/agent/image.sh" "$root/build/agent" 9>&-
        step "[3/4] Preparing fast starts" assemble_all 9>&-
        tell_missing_caches
        mv "$root/build/java.begun" "$root/build/java.stamp"
    fi
    if dashboard_is_stale; then
        need_node
        touch "$root/build/dashboard.begun"
        step "[4/4] Building the dashboard" build_dashboard 9>&-
        mv "$root/build/dashboard.begun" "$root/build/dashboard.stamp"
    fi
    exec 9>&-
}
