package dev.cloister.contract.ticket;

/** A ticket that does not open what was asked for. */
public final class TicketRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why; the sentence is fit for the other side. */
    public enum Reason {
        MALFORMED("the ticket cannot be read"),
        UNKNOWN_KEY("the ticket is signed with a key this agent does not know"),
        BAD_SIGNATURE("the ticket's signature is wrong"),
        NOT_YET_VALID("the ticket is from the future: check the clocks of server and workspace host"),
        EXPIRED("the ticket has expired"),
        LIVES_TOO_LONG("the ticket claims a longer life than tickets have"),
        OTHER_AGENT("the ticket is for another agent"),
        OTHER_CHANNEL("the ticket does not cover this channel"),
        OTHER_PORT("the ticket does not cover this port"),
        USED_BEFORE("the ticket has been used before"),
        TOO_MANY("too many tickets are in use at once");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private final Reason reason;

    TicketRefused(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
