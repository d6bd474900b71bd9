package dev.cloister.server.workspace.schedule;

import dev.cloister.contract.api.UserQuietHoursScheduleResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Keeps when the workspaces of each person may be stopped because their template requires it. */
public final class QuietHoursService {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final QuietHoursRepository repository;
    private final Settings settings;
    private final Clock clock;

    /**
     * What an operator decides.
     *
     * @param usual for people who chose nothing, such as {@code CRON_TZ=UTC 0 0 * * *}
     * @param userCanSet whether people may choose
     */
    public record Settings(WeeklySchedule usual, boolean userCanSet) {
        /** Midnight, and everybody may choose. */
        public static final Settings DEFAULT =
                new Settings(WeeklySchedule.daily("schedule", "CRON_TZ=UTC 0 0 * * *"), true);
    }

    public QuietHoursService(
            Transactions transactions,
            Authorizer authorizer,
            QuietHoursRepository repository,
            Settings settings,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
    }

    UserQuietHoursScheduleResponse get(Caller caller, UserId user) {
        return transactions.read(
                tx -> answer(repository.get(tx, authorizer.require(tx, caller, Action.READ_PERSONAL, user))));
    }

    UserQuietHoursScheduleResponse set(Caller caller, UserId user, String schedule) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, user);
            if (!settings.userCanSet()) {
                throw new Failure.Forbidden("The operator sets the quiet hours of everybody.");
            }
            String wanted = schedule.isBlank()
                    ? ""
                    : WeeklySchedule.daily("schedule", schedule).toString();
            QuietHours before = repository.get(tx, permit);
            var after = new QuietHours(before.user(), before.username(), wanted);
            repository.set(tx, permit, wanted, clock.instant());
            return Changed.to(answer(after), AuditEvent.updated(before, after));
        });
    }

    private UserQuietHoursScheduleResponse answer(QuietHours hours) {
        WeeklySchedule schedule = schedule(hours.quietHoursSchedule());
        return new UserQuietHoursScheduleResponse(
                schedule.toString(),
                isSet(hours.quietHoursSchedule()),
                settings.userCanSet(),
                TIME.format(schedule.time()),
                schedule.zoneName(),
                schedule.next(clock.instant()));
    }

    private boolean isSet(String chosen) {
        return settings.userCanSet() && !chosen.isEmpty();
    }

    private WeeklySchedule schedule(String chosen) {
        return isSet(chosen) ? WeeklySchedule.stored(chosen) : settings.usual();
    }

    /** The quiet hours that hold for the workspaces of a person; of a workspace reached with a permit or a job. */
    public WeeklySchedule ofOwner(ReadTx tx, UUID owner) {
        return schedule(repository.ofOwner(tx, owner));
    }
}
