package dev.cloister.server.workspace;

/** The host name of an app below the wildcard of the deployment. */
@FunctionalInterface
public interface AppLabels {
    /** What stands before the wildcard's suffix; empty where such an app has no host name. */
    String label(String app, String agent, String workspace, String owner);
}
