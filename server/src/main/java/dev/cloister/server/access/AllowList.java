package dev.cloister.server.access;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a credential may touch: everything, everything of some types, or single objects of them. What is
 * only about to be created has no id yet, so that a list of single objects does not cover it.
 */
public final class AllowList {
    /** No restriction. */
    public static final AllowList EVERYTHING = new AllowList(List.of(Entry.ALL));

    private static final Set<UUID> ANY_ID = Set.of();

    private final List<Entry> entries;
    private final boolean everything;
    /** By type; an empty set stands for every object of it. */
    private final Map<ResourceType, Set<UUID>> byType = new HashMap<>();

    /**
     * One entry.
     *
     * @param type null for every type, and then every id
     * @param id null for every id
     */
    public record Entry(
            @Nullable ResourceType type, @Nullable UUID id) {
        /** Everything. */
        public static final Entry ALL = new Entry(null, null);

        /** The entry of wire texts; empty for an unknown type, an id that is none, and an id without a type. */
        public static Optional<Entry> parse(String type, String id) {
            if (type.equals("*")) {
                return id.equals("*") ? Optional.of(ALL) : Optional.empty();
            }
            return ResourceType.parse(type)
                    .flatMap(known -> id.equals("*")
                            ? Optional.of(new Entry(known, null))
                            : uuid(id).map(value -> new Entry(known, value)));
        }

        private static Optional<UUID> uuid(String text) {
            try {
                return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        public String typeName() {
            return type == null ? "*" : type.wireName();
        }

        public String idName() {
            return id == null ? "*" : id.toString();
        }
    }

    public AllowList(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        this.everything = entries.contains(Entry.ALL);
        for (Entry entry : entries) {
            if (entry.type() != null && entry.id() == null) {
                byType.put(entry.type(), ANY_ID);
            }
        }
        for (Entry entry : entries) {
            if (entry.type() != null && entry.id() != null && byType.get(entry.type()) != ANY_ID) {
                byType.computeIfAbsent(entry.type(), ignored -> new HashSet<>()).add(entry.id());
            }
        }
    }

    public List<Entry> entries() {
        return entries;
    }

    public boolean isEverything() {
        return everything;
    }

    boolean covers(ResourceType type, @Nullable UUID id) {
        if (everything) {
            return true;
        }
        Set<UUID> ids = byType.get(type);
        return ids != null && (ids.isEmpty() || (id != null && ids.contains(id)));
    }

    boolean coversSome(ResourceType type) {
        return everything || byType.containsKey(type);
    }

    /** The only ids of the type that are covered; empty for all. Ask {@link #coversSome} first. */
    Set<UUID> only(ResourceType type) {
        return everything ? ANY_ID : Objects.requireNonNullElse(byType.get(type), ANY_ID);
    }

    /** Whether all that the other covers is covered here. */
    public boolean includes(AllowList other) {
        if (everything) {
            return true;
        }
        return !other.everything
                && other.entries.stream().allMatch(entry -> covers(Objects.requireNonNull(entry.type()), entry.id()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AllowList list && list.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
