package dev.cloister.server.access;

import java.util.Set;
import java.util.UUID;

/** On whose authority something happens. An explicit first argument everywhere; nothing is all-powerful. */
public sealed interface Caller {
    Origin origin();

    /** Whether this caller may do {@code action} to an object of these facts. */
    boolean may(Action action, ResourceFacts object);

    /** A person at a browser or a command line, or a token of theirs. */
    record User(Subject subject, String credentialId, Origin origin) implements Caller {
        @Override
        public boolean may(Action action, ResourceFacts object) {
            return subject.may(action, object);
        }
    }

    /** Nobody yet: a login, a first set-up. Holds no rights. */
    record Anonymous(Origin origin) implements Caller {
        @Override
        public boolean may(Action action, ResourceFacts object) {
            return false;
        }
    }

    /** The agent of one workspace: it may report on that workspace and nothing else. */
    record Agent(UUID agentId, UUID workspaceId, Origin origin) implements Caller {
        @Override
        public boolean may(Action action, ResourceFacts object) {
            return object.type() == ResourceType.WORKSPACE
                    && workspaceId.equals(object.id())
                    && (action == Action.READ || action == Action.UPDATE_AGENT);
        }
    }

    /** A part of the server that acts by itself, with the few rights it names. */
    record Job(String name, Set<Right> rights, Origin origin) implements Caller {
        public Job {
            rights = Set.copyOf(rights);
        }

        @Override
        public boolean may(Action action, ResourceFacts object) {
            return rights.contains(new Right(object.type(), action));
        }
    }

    /** One action on one type of thing. */
    record Right(ResourceType type, Action action) {}
}
