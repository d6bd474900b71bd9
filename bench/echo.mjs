// Types a byte at a program's terminal and waits until it comes back, again and again.
// Usage: node echo.mjs SAMPLES COMMAND...; the command runs `stty raw -echo; echo ready; exec cat` somewhere.
// Prints the median and the 99th percentile in microseconds.
import { spawn } from "node:child_process";

const [samples, ...command] = [Number(process.argv[2]), ...process.argv.slice(3)];
const warmUp = 100;
const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
const took = [];
let seen = "";
let typed = 0n;

function type() {
    typed = process.hrtime.bigint();
    child.stdin.write("x");
}

child.stdout.on("data", (bytes) => {
    if (typed === 0n) {
        seen += bytes;
        if (seen.includes("ready")) setTimeout(type, 200);
        return;
    }
    took.push(Number(process.hrtime.bigint() - typed) / 1000);
    if (took.length < samples + warmUp) return type();
    const sorted = took.slice(warmUp).sort((a, b) => a - b);
    const at = (share) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]);
    console.log(at(0.5), at(0.99));
    child.kill();
    process.exit(0);
});
child.on("exit", () => process.exit(1));
