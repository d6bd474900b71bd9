package dev.cloister.contract.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class CronScheduleTest {
    private static String next(String schedule, String after) {
        return CronSchedule.parse(schedule)
                .next(ZonedDateTime.parse(after))
                .map(ZonedDateTime::toString)
                .orElse("never");
    }

    @Test
    void fieldsAreNumbersRangesListsStepsAndNames() {
        assertThat(next("* * * * *", "2026-05-06T07:08:09.5Z")).isEqualTo("2026-05-06T07:08:10Z");
        assertThat(next("0 0 22 * * *", "2026-05-06T22:00:00Z")).isEqualTo("2026-05-07T22:00Z");
        assertThat(next("*/20 5 * * *", "2026-05-06T07:05:20Z")).isEqualTo("2026-05-06T07:05:40Z");
        assertThat(next("30 10-12/2 3,5 1 jan,JUL ?", "2026-05-06T00:00:00Z")).isEqualTo("2026-07-01T03:10:30Z");
        assertThat(next("0 50/5 * * *", "2026-05-06T07:50:00Z")).isEqualTo("2026-05-06T07:55Z");
        assertThat(next("59 59 23 31 12", "2026-12-31T23:59:59Z")).isEqualTo("2027-12-31T23:59:59Z");
    }

    @Test
    void daysOfTheWeekGoFromSundayToSunday() {
        // The 6th of May 2026 is a Wednesday.
        assertThat(next("0 0 9 * * mon-fri", "2026-05-08T09:00:00Z")).isEqualTo("2026-05-11T09:00Z");
        assertThat(next("0 0 0 * * 0", "2026-05-06T00:00:00Z")).isEqualTo("2026-05-10T00:00Z");
        assertThat(next("0 0 0 * * 7", "2026-05-06T00:00:00Z")).isEqualTo("2026-05-10T00:00Z");
        assertThat(next("0 0 0 * * 5-7", "2026-05-09T00:00:00Z")).isEqualTo("2026-05-10T00:00Z");
    }

    @Test
    void aDayOfTheMonthOrOfTheWeekWillDoWhereBothAreLimited() {
        assertThat(next("0 0 0 13 * fri", "2026-05-06T00:00:00Z")).isEqualTo("2026-05-08T00:00Z");
        assertThat(next("0 0 0 13 * fri", "2026-05-08T00:00:00Z")).isEqualTo("2026-05-13T00:00Z");
        assertThat(next("0 0 0 */2 * fri", "2026-05-06T00:00:00Z")).isEqualTo("2026-05-07T00:00Z");
    }

    @Test
    void leapDaysComeAndImpossibleOnesNever() {
        assertThat(next("0 0 0 29 2", "2026-05-06T00:00:00Z")).isEqualTo("2028-02-29T00:00Z");
        assertThat(next("0 0 0 31 2", "2026-05-06T00:00:00Z")).isEqualTo("never");
    }

    @Test
    void aTimeZoneCountsAndSummerTimeSkipsNothing() {
        assertThat(next("CRON_TZ=Europe/Berlin 0 0 8 * *", "2026-01-06T00:00:00Z"))
                .isEqualTo("2026-01-06T08:00+01:00[Europe/Berlin]");
        assertThat(next("TZ=Europe/Berlin 0 30 2 * *", "2026-03-29T00:59:59Z"))
                .isEqualTo("2026-03-29T03:30+02:00[Europe/Berlin]");
        var first = "2026-10-25T02:30+02:00[Europe/Berlin]";
        assertThat(next("TZ=Europe/Berlin 0 30 2 * *", "2026-10-24T12:00:00Z")).isEqualTo(first);
        assertThat(next("TZ=Europe/Berlin 0 30 2 * *", first)).isEqualTo("2026-10-26T02:30+01:00[Europe/Berlin]");
    }

    @Test
    void whatIsWrongIsSaid() {
        for (var wrong : List.of(
                "60 * * * *",
                "* * 24 * *",
                "* * * 0 *",
                "* * * * 13",
                "* * * * * 8",
                "a * * * *",
                "-1 * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "1/2/3 * * * *",
                ", * * * *",
                "*5 * * * *",
                "9999 * * * *")) {
            assertThatThrownBy(() -> CronSchedule.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("which is no number from");
        }
        assertThatThrownBy(() -> CronSchedule.parse("* * * *")).hasMessageContaining("five or six fields");
        assertThatThrownBy(() -> CronSchedule.parse("* * * * * * *")).hasMessageContaining("five or six fields");
        assertThatThrownBy(() -> CronSchedule.parse("")).hasMessageContaining("five or six fields");
        assertThatThrownBy(() -> CronSchedule.parse("@daily")).hasMessageContaining("five or six fields");
        assertThatThrownBy(() -> CronSchedule.parse("TZ=Nowhere/Land * * * * *"))
                .hasMessageContaining("unknown time zone, \"Nowhere/Land\"");
        assertThatThrownBy(() -> CronSchedule.parse("*".repeat(201))).hasMessageContaining("longer than 200");
    }
}
