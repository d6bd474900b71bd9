package dev.cloister.server.identity;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.sql.ReadTx;

/**
 * The person that a path names: {@code me}, an id, or a username. The id it returns is no permit; what is done with it
 * is decided afterwards, and a person who cannot be seen is answered as one who does not exist.
 */
public final class UserResolver {
    private final UserRepository users;

    public UserResolver(UserRepository users) {
        this.users = users;
    }

    public UserId resolve(ReadTx tx, Caller caller, String text) {
        if (text.equals("me") && caller instanceof Caller.User user) {
            return new UserId(user.subject().id());
        }
        return Request.parseId(text)
                .map(UserId::new)
                .or(() -> users.idOf(tx, text))
                .orElseThrow(Failure.NotFound::new);
    }
}
