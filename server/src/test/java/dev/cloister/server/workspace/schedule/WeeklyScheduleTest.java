package dev.cloister.server.workspace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.server.platform.Failure;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules of the week, and what templates make of them. */
class WeeklyScheduleTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"CRON_TZ=UTC 30 9 * * 1-5\", 2024-05-31T09:30:00Z, 2024-06-03T09:30:00Z",
                "\"30 9 * * 1-5\", 2024-05-31T09:29:59Z, 2024-05-31T09:30:00Z",
                "\"CRON_TZ=US/Central 30 9 * * mon,wed\", 2024-06-03T00:00:00Z, 2024-06-03T14:30:00Z",
                "\"CRON_TZ=UTC */20 8-9 * * 0\", 2024-06-02T08:20:00Z, 2024-06-02T08:40:00Z",
                // The last Sunday of March has no half past two in Berlin; the last of October has two.
                "\"CRON_TZ=Europe/Berlin 30 2 * * *\", 2024-03-30T12:00:00Z, 2024-04-01T00:30:00Z",
                "\"CRON_TZ=Europe/Berlin 30 2 * * *\", 2024-10-27T00:30:00Z, 2024-10-28T01:30:00Z",
            })
    void theNextTimeIsTheFirstAfter(String schedule, Instant now, Instant next) {
        assertThat(WeeklySchedule.parse(schedule).next(now)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30 9 * *",
                "30 9 1 * *",
                "30 9 * 6 *",
                "60 9 * * *",
                "30 24 * * *",
                "30 9 * * 7",
                "30 9 * * 5-1",
                "30 9 * * */0",
                "-1 9 * * *",
                "30 9 * * noday",
                "CRON_TZ=Mars/Base 30 9 * * *",
                "CRON_TZ=Local 30 9 * * *",
                "CRON_TZ= 30 9 * * *",
                "@daily"
            })
    void whatIsNoScheduleIsRefusedByField(String schedule) {
        assertThatThrownBy(() -> WeeklySchedule.parse(schedule))
                .isInstanceOfSatisfying(
                        Failure.Invalid.class,
                        failure -> assertThat(failure.validations())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.field()).isEqualTo("schedule")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 2,3 * * *", "*/5 2 * * *", "0 2 * * 1-5"})
    void quietHoursAreOneTimeOfEveryDay(String schedule) {
        assertThatThrownBy(() -> WeeklySchedule.daily("schedule", schedule)).isInstanceOf(Failure.Invalid.class);
    }

    private static final Set<DayOfWeek> WORKING = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    private static TemplateSchedule rules(Set<DayOfWeek> start, Set<DayOfWeek> stop, long weeks) {
        return new TemplateSchedule(0, 0, true, true, start, stop, weeks, 0, 0, false);
    }

    @Test
    void aTemplateBlocksDaysOfStarting() {
        var schedule = WeeklySchedule.parse("0 8 * * *");
        assertThat(rules(WORKING, Set.of(), 1).nextStart(schedule, Instant.parse("2024-05-31T09:00:00Z")))
                .contains(Instant.parse("2024-06-03T08:00:00Z"));
        assertThat(rules(Set.of(), Set.of(), 1).nextStart(schedule, Instant.parse("2024-05-31T09:00:00Z")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // three days running, an hour before quiet hours at the latest
        "MONDAY TUESDAY WEDNESDAY, 1, 2024-06-03T20:00:00Z, 2024-06-04T00:00:00Z",
        "MONDAY TUESDAY WEDNESDAY, 1, 2024-06-03T23:30:00Z, 2024-06-05T00:00:00Z",
        // Saturdays
        "SATURDAY, 1, 2024-06-03T20:00:00Z, 2024-06-08T00:00:00Z",
        // Saturdays of every second week, counted from the first Monday of 2023
        "SATURDAY, 2, 2024-06-03T20:00:00Z, 2024-06-08T00:00:00Z",
        "SATURDAY, 2, 2024-06-12T20:00:00Z, 2024-06-22T00:00:00Z",
        "SATURDAY, 16, 2024-06-12T20:00:00Z, 2024-07-20T00:00:00Z",
    })
    void aRequiredStopIsInTheQuietHoursOfADayThatCounts(String days, long weeks, Instant now, Instant stop) {
        var required = Arrays.stream(days.split(" ")).map(DayOfWeek::valueOf).collect(Collectors.toSet());
        var quiet = WeeklySchedule.daily("schedule", "CRON_TZ=UTC 0 0 * * *");
        assertThat(rules(WORKING, required, weeks).latestStop(now, quiet)).contains(stop);
        assertThat(rules(WORKING, Set.of(), weeks).latestStop(now, quiet)).isEmpty();
    }
}
