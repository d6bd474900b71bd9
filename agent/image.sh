#!/bin/sh
# Makes the agent's image: a JVM with the modules it needs, its jars, an ahead-of-time cache, and bin/cloister-agent.
# Usage: image.sh OUTPUT. Needs JAVA_HOME (JDK 25) and the packaged modules; does nothing when OUTPUT is up to date.
# OUTPUT becomes a link to a directory of its own for each version: agents that run keep the files they started from.
set -eu

output=${1:?usage: image.sh OUTPUT}
here=$(cd "$(dirname "$0")" && pwd)
java_home=${JAVA_HOME:?JAVA_HOME must name a JDK 25}
jars="$here/target/agent-0.1.0.jar $(echo "$here"/target/image-jars/*.jar)"

# The cache is good for these very jars and this very JVM only, which JDK 25 does not check itself (JDK-8377932).
hash=$(cat $jars "$java_home/release" "$here/jvm-options" "$here/image.sh" $(find "$here/tools" -type f | LC_ALL=C sort) | sha256sum | cut -c1-16)
image="$output-$hash"
if [ -x "$image/bin/cloister-agent" ] && [ "$(readlink "$output" || true)" = "$(basename "$image")" ]; then
    exit 0
fi

fresh="$output-new-$$"
trap 'rm -rf "$fresh"' EXIT
mkdir -p "$(dirname "$output")"
# Uncompressed: it starts faster, and packs better as a whole when it is shipped.
"$java_home/bin/jlink" \
    --add-modules java.base,java.logging,java.management,java.net.http,java.rmi,jdk.unsupported \
    --compress=zip-0 --strip-java-debug-attributes --no-header-files --no-man-pages --output "$fresh"
mkdir "$fresh/jars"
cp $jars "$fresh/jars/"
grep -v '^#' "$here/jvm-options" > "$fresh/jvm-options"
classpath=$(cd "$fresh" && ls jars/*.jar | sed 's|^|$directory/|' | paste -sd: -)

cat > "$fresh/bin/cloister-agent" <<SCRIPT
#!/bin/sh
# Starts the workspace agent. Who it is comes on standard input, never in arguments or the environment.
directory=\$(cd "\$(dirname "\$0")/.." && pwd) || exit 1
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH LD_PRELOAD LD_LIBRARY_PATH
export MALLOC_ARENA_MAX=2
exec "\$directory/bin/java" @"\$directory/jvm-options" -XX:AOTCache="\$directory/lib/agent-$hash.aot" \\
    -cp "$classpath" dev.cloister.agent.AgentMain "\$@"
SCRIPT
chmod 755 "$fresh/bin/cloister-agent"

cat > "$fresh/bin/cloister-tool" <<SCRIPT
#!/bin/sh
# Starts one of the small programs of a workspace, which ask the agent; see the classes below dev.cloister.agent.tool.
directory=\$(cd "\$(dirname "\$0")/.." && pwd) || exit 1
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH LD_PRELOAD LD_LIBRARY_PATH
export MALLOC_ARENA_MAX=2
exec "\$directory/bin/java" @"\$directory/jvm-options" -XX:AOTCache="\$directory/lib/agent-$hash.aot" \\
    -cp "$classpath" dev.cloister.agent.tool.ToolMain "\$@"
SCRIPT
chmod 755 "$fresh/bin/cloister-tool"
cp -R "$here/tools" "$fresh/tools"
ln -s cloister "$fresh/tools/coder"

# A short life of the agent, whose classes the cache will hold.
directory=$fresh
"$fresh/bin/java" @"$fresh/jvm-options" -XX:AOTCacheOutput="$fresh/lib/agent-$hash.aot" -Xlog:disable -Xlog:all=error:stderr \
    -cp "$(eval "echo \"$classpath\"")" dev.cloister.agent.AgentMain --train < /dev/null > "$fresh/training.log" 2>&1 || {
    cat "$fresh/training.log" >&2
    exit 1
}
[ -s "$fresh/lib/agent-$hash.aot" ]
rm "$fresh/training.log"

previous=$(readlink "$output" || true)
rm -rf "$image"
mv "$fresh" "$image"
ln -sfn "$(basename "$image")" "$output"
# Agents of the version before may still run; those older than that have had a whole upgrade to end.
for old in "$output"-????????????????; do
    case "$(basename "$old")" in
        "$(basename "$image")" | "$previous") ;;
        *) rm -rf "$old" ;;
    esac
done
