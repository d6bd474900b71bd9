// Measures every sink of the audit log against a receiver on this machine that takes everything at once.
// Usage: node sinks.mjs URL TOKEN EVENTS CERTIFICATE KEY; the certificate is for localhost.
// Prints for each sink how many events a second it takes from a full log, then the lag of all at once under load.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTls } from "node:tls";
import { gunzipSync } from "node:zlib";

const [url, token, wanted, certificate, key] = process.argv.slice(2);
const events = Number(wanted);
const headers = { "Coder-Session-Token": token, "Content-Type": "application/json" };

async function call(method, path, body) {
    const answer = await fetch(`${url}/api/v2${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
}

let acknowledgement = 0;
function answerTo(path, body) {
    if (path.startsWith("/services/collector/ack")) {
        return { acks: Object.fromEntries(JSON.parse(body).acks.map((id) => [id, true])) };
    }
    if (path.startsWith("/services/collector")) return { text: "Success", code: 0, ackId: acknowledgement++ };
    if (path === "/_bulk") {
        const items = body.trimEnd().split("\n").length / 2;
        return { errors: false, items: Array(items).fill({ create: { status: 201 } }) };
    }
    return {};
}

const http = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
        const raw = Buffer.concat(parts);
        const packed = request.headers["content-encoding"] === "gzip";
        const body = request.method === "PUT" ? "" : (packed ? gunzipSync(raw) : raw).toString();
        response.end(JSON.stringify(answerTo(request.url, body)));
    });
});
const syslog = createTls({ cert: readFileSync(certificate), key: readFileSync(key) }, (socket) => {
    socket.on("data", () => {});
    socket.on("error", () => {});
});
const listen = (server) => new Promise((done) => server.listen(0, "localhost", () => done(server.address().port)));
const receiver = `http://127.0.0.1:${await new Promise((done) =>
    http.listen(0, "127.0.0.1", () => done(http.address().port)),
)}`;
const syslogPort = await listen(syslog);

const sinks = {
    file: { format: "json" },
    webhook: { format: "json", settings: { url: receiver }, secrets: { signing_secret: randomUUID() } },
    splunk: { format: "json", settings: { url: receiver }, secrets: { token: "x" } },
    elastic: { format: "ecs", settings: { url: receiver }, secrets: { api_key: "x" } },
    datadog: { format: "json", settings: { url: receiver }, secrets: { api_key: "x" } },
    sumo: { format: "json", secrets: { url: receiver } },
    syslog: {
        format: "cef",
        settings: {
            host: "localhost",
            port: String(syslogPort),
            ca_certificates: readFileSync(certificate, "utf8"),
        },
    },
    s3: {
        format: "ocsf",
        settings: {
            endpoint: receiver,
            bucket: "bench-bucket",
            access_key_id: "x",
            retain_days: "1",
            linger_seconds: "0",
        },
        secrets: { secret_access_key: "x" },
    },
};
const make = (transport) =>
    call("POST", "/audit/sinks", { name: `bench-${transport}`, transport, ...sinks[transport] });

async function changes(count, running = () => true) {
    let left = count;
    const one = async () => {
        while (left-- > 0 && running()) await call("PUT", "/users/me/profile", { username: "bench", name: randomUUID() });
    };
    const began = performance.now();
    await Promise.all(Array.from({ length: 8 }, one));
    return (1000 * count) / (performance.now() - began);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
await changes(events);
await pause(1500);
for (const transport of Object.keys(sinks)) {
    const began = performance.now();
    const { id, lag_events: waiting } = await make(transport);
    let sink;
    do {
        await pause(5);
        sink = await call("GET", `/audit/sinks/${id}`);
        if (sink.failures > 3) throw new Error(`${transport}: ${sink.last_error}`);
    } while (sink.lag_events > 50);
    const taken = sink.cursor;
    console.log(`${transport.padEnd(10)} ${Math.round((1000 * taken) / (performance.now() - began))} events/s (${waiting})`);
}

const lags = {};
let running = true;
const load = changes(Math.min(events, 3000), () => running);
const sampled = (async () => {
    while (running) {
        for (const sink of await call("GET", "/audit/sinks")) {
            (lags[sink.transport] ??= []).push(sink.lag_events);
        }
        await pause(50);
    }
})();
console.log(`load       ${Math.round(await load)} changes/s with ${Object.keys(sinks).length} sinks at once`);
running = false;
await sampled;
for (const [transport, seen] of Object.entries(lags)) {
    seen.sort((a, b) => a - b);
    console.log(`${transport.padEnd(10)} lag ${seen[seen.length >> 1]} events in the median, ${seen.at(-1)} at most`);
}
for (const sink of await call("GET", "/audit/sinks")) await call("DELETE", `/audit/sinks/${sink.id}`);
process.exit(0);
