package dev.cloister.server.identity;

import dev.cloister.contract.api.APIAllowListTarget;
import dev.cloister.server.access.AllowList;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The forms of what a token may touch: as asked for, as stored ({@code type:id}), and as a decision needs it. */
final class AllowLists {
    private static final int MOST = 128;
    private static final APIAllowListTarget EVERYTHING = new APIAllowListTarget("*", "*");

    private AllowLists() {}

    /** What a request asks for; nothing stands for everything. */
    static AllowList wanted(List<APIAllowListTarget> targets) {
        if (targets.size() > MOST) {
            throw invalid("At most " + MOST + " entries.");
        }
        var entries = new ArrayList<AllowList.Entry>();
        for (int i = 0; i < targets.size(); i++) {
            APIAllowListTarget target = targets.get(i);
            int number = i + 1;
            entries.add(AllowList.Entry.parse(target.type(), target.id())
                    .orElseThrow(() -> invalid("Entry " + number
                            + " is no type with an id or \"*\"; every type can only be had with every id.")));
        }
        return entries.isEmpty()
                ? AllowList.EVERYTHING
                : new AllowList(entries.stream().distinct().toList());
    }

    private static Failure invalid(String problem) {
        return new Failure.Invalid("Failed to validate create API key request.", "allow_list", problem);
    }

    static List<String> stored(AllowList allowed) {
        return allowed.isEverything()
                ? List.of()
                : allowed.entries().stream()
                        .map(entry -> entry.typeName() + ":" + entry.idName())
                        .toList();
    }

    /** Empty where a stored entry means nothing any more: such a token is good for nothing. */
    static Optional<AllowList> parse(List<String> stored) {
        var entries = new ArrayList<AllowList.Entry>();
        for (String text : stored) {
            int colon = text.indexOf(':');
            Optional<AllowList.Entry> entry =
                    AllowList.Entry.parse(text.substring(0, Math.max(colon, 0)), text.substring(colon + 1));
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            entries.add(entry.get());
        }
        return Optional.of(entries.isEmpty() ? AllowList.EVERYTHING : new AllowList(entries));
    }

    static List<APIAllowListTarget> wire(List<String> stored) {
        return stored.isEmpty()
                ? List.of(EVERYTHING)
                : stored.stream()
                        .map(text -> new APIAllowListTarget(
                                text.substring(0, text.indexOf(':')), text.substring(text.indexOf(':') + 1)))
                        .toList();
    }
}
