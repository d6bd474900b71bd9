package dev.cloister.server.audit.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A store that believes nothing: it computes the signature (AWS Signature Version 4) anew from what arrived, and the
 * checksums, and keeps an object only once.
 */
final class SignedStore implements Receiver.Behaviour {
    final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> objects = new LinkedHashMap<>();
    private final String id;
    private final String secret;
    private final String region;

    SignedStore(String id, String secret, String region) {
        this.id = id;
        this.secret = secret;
        this.region = region;
    }

    @Override
    public synchronized Receiver.Answer to(Receiver.Post post) {
        try {
            String problem = problem(post);
            if (!problem.isEmpty()) {
                problems.add(problem);
                return new Receiver.Answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
            }
            objects.put(post.path(), post.body());
            return new Receiver.Answer(200, "");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String problem(Receiver.Post post) throws GeneralSecurityException {
        String authorization = post.headers().getOrDefault("authorization", "");
        String date = post.headers().getOrDefault("x-amz-date", "");
        String scope = date.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String signedHeaders = part(authorization, "SignedHeaders=");
        for (String needed : List.of(
                "host",
                "x-amz-content-sha256",
                "x-amz-date",
                "x-amz-object-lock-mode",
                "x-amz-object-lock-retain-until-date",
                "x-amz-checksum-sha256")) {
            if (!Arrays.asList(signedHeaders.split(";")).contains(needed)) {
                return needed + " is not signed";
            }
        }
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(post.body());
        if (!HexFormat.of().formatHex(hash).equals(post.headers().get("x-amz-content-sha256"))
                || !Base64.getEncoder()
                        .encodeToString(hash)
                        .equals(post.headers().get("x-amz-checksum-sha256"))) {
            return "the checksum is not that of the body";
        }
        String canonical = "PUT\n" + URI.create(post.path()).getRawPath() + "\n\n"
                + Arrays.stream(signedHeaders.split(";"))
                        .map(name -> name + ":" + post.headers().getOrDefault(name, "") + "\n")
                        .collect(Collectors.joining())
                + "\n" + signedHeaders + "\n" + HexFormat.of().formatHex(hash);
        String toSign = "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8)));
        byte[] key = ("AWS4" + secret).getBytes(UTF_8);
        for (String step : List.of(date.substring(0, 8), region, "s3", "aws4_request", toSign)) {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            key = mac.doFinal(step.getBytes(UTF_8));
        }
        boolean good = part(authorization, "Signature=").equals(HexFormat.of().formatHex(key))
                && authorization.contains("Credential=" + id + "/" + scope);
        return good ? "" : "the signature is another: " + canonical;
    }

    private static String part(String authorization, String name) {
        int from = authorization.indexOf(name) + name.length();
        int to = authorization.indexOf(',', from);
        return authorization.substring(from, to < 0 ? authorization.length() : to);
    }

    /** The objects as files, unpacked, in the order of their names. */
    synchronized Path[] write(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        for (var object :
                objects.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            Path file = Files.createTempFile(directory, "object", ".ndjson");
            try (var in = new GZIPInputStream(new ByteArrayInputStream(object.getValue()))) {
                Files.write(file, in.readAllBytes());
            }
            files.add(file);
        }
        return files.toArray(Path[]::new);
    }
}
