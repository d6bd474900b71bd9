package dev.cloister.server.platform.http;

import dev.cloister.server.platform.Failure;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses paths that two readers could understand differently, such as one with an escaped slash. It stands before
 * everything of the platform's own, whose decisions depend on the path; apps, which stand before it, get theirs as it
 * came and are not decided on by it.
 */
final class PlainPaths extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var uri = request.getHttpURI();
        if (uri.getViolations().stream().allMatch(UriCompliance.DEFAULT::allows)) {
            return false;
        }
        Answers.write(
                Answers.of(new Failure.Invalid("The path is ambiguous: it has an escaped slash or percent sign.")),
                response,
                callback);
        return true;
    }
}
