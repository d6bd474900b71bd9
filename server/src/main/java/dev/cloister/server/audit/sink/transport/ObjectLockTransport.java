package dev.cloister.server.audit.sink.transport;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * S3, and what speaks like it, with Object Lock: each batch is an object of its own that nobody, in the mode COMPLIANCE
 * not even the owner of the account, can change or delete until its time is over. The name of an object has what it
 * holds and its hash. Small batches wait a while, since each object costs.
 */
final class ObjectLockTransport implements Transport {
    private static final long MIB = 1 << 20;
    private static final int HASH_SHOWN = 8;

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final String place;
    private final String region;
    private final AwsCredentialsIdentity identity;
    private final String mode;
    private final Duration retained;
    private final Duration linger;
    private final HttpSender http;
    private final Clock clock;

    ObjectLockTransport(Opening opening) {
        region = opening.text("region", "us-east-1");
        String endpoint = opening.text("endpoint", "https://s3." + region + ".amazonaws.com")
                .replaceFirst("/+$", "");
        place = endpoint + "/" + opening.text("bucket", "") + "/" + opening.text("prefix", "");
        identity = AwsCredentialsIdentity.create(
                opening.text("access_key_id", ""),
                opening.secret("secret_access_key").map(Secret::reveal).orElseThrow());
        mode = opening.text("mode", "COMPLIANCE");
        retained = Duration.ofDays(opening.number("retain_days", 1));
        linger = Duration.ofSeconds(opening.number("linger_seconds", 60));
        http = new HttpSender(opening.text("ca_certificates"));
        clock = opening.clock();
    }

    @Override
    public Limits limits() {
        return new Limits(10_000, 16 * MIB, Integer.MAX_VALUE, linger);
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException {
        byte[] body = HttpSender.compressed(shipment.text());
        byte[] hash = Sha256.of(body);
        String name = String.format(
                Locale.ROOT,
                "audit-%016d-%016d-%s.%s.gz",
                shipment.first(),
                shipment.next(),
                HexFormat.of().formatHex(hash, 0, HASH_SHOWN),
                shipment.json() ? "ndjson" : "log");
        var address = URI.create(place + name);
        var answer = http.send("PUT", address, signed(address, body, hash), body);
        if (!answer.isSuccess()) { // it does not look into objects, so that no event is at fault
            throw NotDeliveredException.passing("the store answered " + answer.status() + code(answer.text()));
        }
    }

    /** The code of an error document, where it is a plain word. */
    private static String code(String document) {
        int from = document.indexOf("<Code>");
        int to = document.indexOf("</Code>");
        String word = from >= 0 && to > from ? document.substring(from + 6, to) : "";
        return word.matches("[A-Za-z]{1,64}") ? " " + word : "";
    }

    private Map<String, String> signed(URI address, byte[] body, byte[] hash) {
        var until = clock.instant().plus(retained).truncatedTo(ChronoUnit.SECONDS);
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(address)
                .putHeader("Content-Type", "application/gzip")
                .putHeader("x-amz-checksum-sha256", Base64.getEncoder().encodeToString(hash))
                .putHeader("x-amz-object-lock-mode", mode)
                .putHeader("x-amz-object-lock-retain-until-date", until.toString())
                .build();
        var signed = signer.sign(sign -> sign.identity(identity)
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(body))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        var headers = new LinkedHashMap<String, String>();
        signed.request().headers().forEach((name, values) -> {
            if (!List.of("host", "content-length").contains(name.toLowerCase(Locale.ROOT))) { // the client's own
                headers.put(name, values.getFirst());
            }
        });
        return headers;
    }

    @Override
    public void close() {
        http.close();
    }
}
