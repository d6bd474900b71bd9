package dev.cloister.contract.ticket;

import java.util.LinkedHashMap;
import java.util.Map;

/** Ids of the tickets already used, each kept until it could not pass for another reason anyway. */
final class SpentTickets {
    /** Far above what a workspace sees in {@link Tickets#LIFE}; more is a flood and refused, never forgotten. */
    static final int MOST = 10_000;

    private final Map<String, Long> deadlines = new LinkedHashMap<>();

    /** Notes the use of {@code id}, which can pass until {@code deadline} (epoch milliseconds). */
    synchronized void spend(String id, long deadline, long now) throws TicketRefused {
        deadlines.values().removeIf(until -> until < now);
        if (deadlines.containsKey(id)) {
            throw new TicketRefused(TicketRefused.Reason.USED_BEFORE);
        }
        if (deadlines.size() >= MOST) {
            throw new TicketRefused(TicketRefused.Reason.TOO_MANY);
        }
        deadlines.put(id, deadline);
    }
}
