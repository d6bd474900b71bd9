package dev.cloister.contract.client;

import dev.cloister.contract.api.CustomNotificationContent;
import dev.cloister.contract.api.CustomNotificationRequest;
import dev.cloister.contract.api.NotificationsSettings;
import java.io.IOException;

/** The part of the API that is about notifications. */
public final class NotificationCalls {
    private static final String SETTINGS = "/notifications/settings";

    private final ApiConnection connection;

    NotificationCalls(ApiConnection connection) {
        this.connection = connection;
    }

    /** Has sending rest or go on; asks first, since a server does not confirm what is so already. */
    public void setPaused(boolean paused) throws IOException {
        var wanted = new NotificationsSettings(paused);
        if (!connection.get(Paths.of(SETTINGS), NotificationsSettings.class).equals(wanted)) {
            connection.send("PUT", Paths.of(SETTINGS), wanted);
        }
    }

    /** Sends a test to whoever asks. */
    public void sendTest() throws IOException {
        connection.send("POST", Paths.of("/notifications/test"), null);
    }

    /** Sends something to whoever asks. */
    public void sendCustom(CustomNotificationContent content) throws IOException {
        connection.send("POST", Paths.of("/notifications/custom"), new CustomNotificationRequest(content));
    }
}
